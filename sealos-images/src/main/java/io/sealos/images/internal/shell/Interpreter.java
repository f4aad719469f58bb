package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.ShellNode.AndOr;
import io.sealos.images.internal.shell.ShellNode.Calculation;
import io.sealos.images.internal.shell.ShellNode.Case;
import io.sealos.images.internal.shell.ShellNode.Choice;
import io.sealos.images.internal.shell.ShellNode.Condition;
import io.sealos.images.internal.shell.ShellNode.Definition;
import io.sealos.images.internal.shell.ShellNode.Group;
import io.sealos.images.internal.shell.ShellNode.Loop;
import io.sealos.images.internal.shell.ShellNode.Not;
import io.sealos.images.internal.shell.ShellNode.Pipeline;
import io.sealos.images.internal.shell.ShellNode.Simple;
import io.sealos.images.internal.shell.ShellNode.While;
import io.sealos.images.internal.shell.ShellState.Flow;
import io.sealos.images.internal.shell.ShellState.Function;
import io.sealos.images.internal.shell.Unknown.Nature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a script along all its paths. What the script and the Kubefile's ENV decide is decided; where a program or
 * whoever runs the script decides, each branch may be taken, and a loop runs once or not at all. Nothing is run. Steps,
 * characters, paths and depth are limited.
 */
final class Interpreter {
    private static final int MAX_PATHS = 64;
    /** How many paths of each end go on where there are more than these. */
    private static final int KEPT_PATHS = 4;

    private static final int MAX_DEPTH = 200;

    /** Why a script was not followed to its end. */
    private record GivenUp(Kind kind, String message) {}

    private final Unknowns unknowns;
    private final ShellListener listener;
    private final SimpleCommands commands;
    private final ControlFlow flow;
    private final Set<Function> called = new HashSet<>();
    private final Map<String, GivenUp> gaveUp = new LinkedHashMap<>();
    private boolean speaksOfInstalling;
    private boolean dispatches;
    private int depth;

    Interpreter(Unknowns unknowns, ShellListener listener) {
        this.unknowns = unknowns;
        this.listener = listener;
        this.commands = new SimpleCommands(this, unknowns, listener);
        this.flow = new ControlFlow(this, commands);
    }

    List<ShellState> begin(ShellReader.Start start, List<ShellState> states) {
        List<ShellState> ends = new ArrayList<>();
        for (ShellState state : states) {
            state.source = start.source();
            ends.addAll(script(start.text(), start.line(), state));
        }
        return distinct(ends);
    }

    /** Runs a script's text in a state that already is for it. */
    List<ShellState> script(String text, int firstLine, ShellState state) {
        speaksOfInstalling |= text.contains("helm") || text.contains("kubectl");
        state.work.read(text);
        unknowns.of(text).stream()
                .filter(it -> it.nature() == Nature.ADDRESS)
                .forEach(it -> listener.problem(
                        Kind.NOT_THERE,
                        state.source,
                        firstLine,
                        "the script at the address " + it.source() + " is not known, nor what it installs"));
        ShellScript script = ShellParser.parse(Unknowns.without(text), firstLine);
        List<ShellState> ends = all(script.commands(), state);
        if (script.problem() != null) {
            listener.problem(
                    Kind.READ_IN_PART,
                    state.source,
                    script.problemLine(),
                    "the shell script is not understood from here on: it " + script.problem());
        }
        return ends;
    }

    List<ShellState> all(List<ShellNode> nodes, ShellState state) {
        List<ShellState> states = List.of(state);
        for (ShellNode node : nodes) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                next.addAll(one.flow == Flow.NEXT ? run(node, one) : List.of(one));
            }
            if (next.size() > 1 && node != nodes.get(nodes.size() - 1)) {
                next.forEach(it -> it.outcome = Outcome.UNKNOWN);
            }
            states = distinct(next);
        }
        return states;
    }

    List<ShellState> distinct(List<ShellState> states) {
        if (states.size() < 2) {
            return states;
        }
        Set<List<Object>> keys = new HashSet<>();
        List<ShellState> distinct = new ArrayList<>();
        for (ShellState state : states) {
            if (keys.add(state.key())) {
                distinct.add(state);
            }
        }
        if (distinct.size() > MAX_PATHS) {
            given(
                    distinct.get(0).source,
                    Kind.READ_IN_PART,
                    "has more than " + MAX_PATHS + " paths; not all were followed");
            return extremes(distinct);
        }
        return distinct;
    }

    /** The paths that took the most branches and those that took the fewest; what is between them is left out. */
    private static List<ShellState> extremes(List<ShellState> states) {
        List<ShellState> kept = new ArrayList<>(states.subList(0, KEPT_PATHS));
        kept.addAll(states.subList(states.size() - KEPT_PATHS, states.size()));
        return kept;
    }

    /** A script that is given up is of interest only where it may install something. */
    void given(String source, Kind kind, String reason) {
        gaveUp.putIfAbsent(source, new GivenUp(kind, "the shell script " + reason));
    }

    /** Tells which scripts were given up, if any of those that were read speaks of Helm or kubectl. */
    void reportGivenUp() {
        if (speaksOfInstalling) {
            gaveUp.forEach((source, it) -> listener.problem(it.kind(), source, 0, it.message()));
        }
    }

    List<ShellState> run(ShellNode node, ShellState state) {
        if (depth >= MAX_DEPTH || state.work.isSpent()) {
            given(
                    state.source,
                    Kind.UNREAD,
                    "does too much to be followed to its end: more than " + Work.MOST_STEPS + " steps or "
                            + Work.MOST_CHARACTERS + " characters, or calls nested deeper than " + MAX_DEPTH);
            state.flow = Flow.EXIT;
            return List.of(state);
        }
        state.work.step();
        depth++;
        try {
            return dispatch(node, state);
        } finally {
            depth--;
        }
    }

    private List<ShellState> dispatch(ShellNode node, ShellState state) {
        if (node instanceof Simple simple) {
            return commands.run(simple, state);
        } else if (node instanceof Group group) {
            return group(group, state);
        } else if (node instanceof Pipeline pipeline) {
            return pipeline(pipeline.commands(), state);
        } else if (node instanceof Not not) {
            List<ShellState> ends = run(not.command(), state);
            ends.forEach(it -> it.outcome = it.outcome.not());
            return ends;
        } else if (node instanceof Condition condition) {
            state.outcome = commands.decide(condition.words(), state);
            return List.of(state);
        } else if (node instanceof Calculation calculation) {
            state.outcome = commands.decide(calculation.expression(), state);
            return List.of(state);
        } else if (node instanceof Definition definition) {
            state.functions.put(definition.name(), new Function(definition.body(), state.source));
            return List.of(state);
        }
        return compound(node, state);
    }

    private List<ShellState> compound(ShellNode node, ShellState state) {
        if (node instanceof AndOr andOr) {
            return flow.andOr(andOr, state);
        } else if (node instanceof Choice choice) {
            return flow.choice(choice, state);
        } else if (node instanceof Case cases) {
            return flow.cases(cases, state);
        } else if (node instanceof Loop loop) {
            return flow.loop(loop, state);
        }
        return flow.whileLoop((While) node, state);
    }

    private List<ShellState> group(Group group, ShellState state) {
        Redirections redirections = commands.redirect(group.redirects(), state);
        List<ShellState> ends = group.subshell() ? subshell(group.commands(), state) : all(group.commands(), state);
        ends.forEach(redirections::end);
        return ends;
    }

    /** What happens in a shell of its own stays there, but for files and output. */
    List<ShellState> subshell(List<ShellNode> nodes, ShellState state) {
        List<ShellState> ends = new ArrayList<>();
        for (ShellState inner : all(nodes, state.copy())) {
            ends.add(outside(state, inner));
        }
        return distinct(ends);
    }

    static ShellState outside(ShellState state, ShellState inner) {
        ShellState end = state.copy();
        end.files.takeFrom(inner.files);
        end.output = inner.output;
        end.outcome = inner.outcome;
        return end;
    }

    private List<ShellState> pipeline(List<ShellNode> nodes, ShellState state) {
        List<ShellState> states = List.of(state.copy());
        int marked = nodes.size() - 1;
        while (marked > 0 && !namesImages(nodes.get(marked))) {
            marked--;
        }
        for (int i = 0; i < nodes.size(); i++) {
            List<ShellState> ends = new ArrayList<>();
            for (ShellState current : states) {
                ShellState inner = current.copy();
                inner.input = i == 0 ? state.input : current.output.substring(state.output.length());
                inner.output = state.output;
                inner.captured |= i < nodes.size() - 1;
                inner.marking |= i < marked;
                subshell(List.of(nodes.get(i)), inner).forEach(end -> ends.add(outside(state, end)));
            }
            states = distinct(ends);
        }
        return states;
    }

    private static boolean namesImages(ShellNode node) {
        return node instanceof Simple simple && Programs.nameImages(simple.words());
    }

    static List<ShellState> afterRound(List<ShellState> states, Flow... ended) {
        for (ShellState state : states) {
            for (Flow flow : ended) {
                state.flow = state.flow == flow ? Flow.NEXT : state.flow;
            }
        }
        return states;
    }

    List<ShellState> call(Function function, List<String> arguments, ShellState state) {
        called.add(function);
        List<String> outer = state.arguments;
        String source = state.source;
        Map<String, Optional<Variable>> hidden = state.hidden;
        state.arguments = arguments;
        state.source = function.source();
        state.hidden = new LinkedHashMap<>();
        List<ShellState> ends = afterRound(run(function.body(), state), Flow.RETURN);
        for (ShellState end : ends) {
            end.arguments = outer;
            end.source = source;
            end.restore(end.hidden == null ? Map.of() : end.hidden);
            end.hidden = hidden == null ? null : new LinkedHashMap<>(hidden);
        }
        return distinct(ends);
    }

    /** Remembers that a command's name is not known, so that each function may be meant. */
    void dispatches() {
        dispatches = true;
    }

    /** Runs the functions that may have been meant by commands whose names are not known, when a shell ends. */
    List<ShellState> end(List<ShellState> ends) {
        for (ShellState end : dispatches ? ends : List.<ShellState>of()) {
            for (Function function : List.copyOf(end.functions.values())) {
                if (!called.contains(function)) {
                    ShellState start = end.copy();
                    start.flow = Flow.NEXT;
                    call(function, List.of(), start);
                }
            }
        }
        return ends;
    }

    /** What the commands print, if that can be told; the files that they make stay. */
    String output(List<ShellNode> nodes, String source, ShellState state) {
        ShellState inner = state.copy();
        inner.output = "";
        inner.captured = true;
        Set<String> outputs = new HashSet<>();
        for (ShellState end : all(nodes, inner)) {
            outputs.add(end.output.stripTrailing());
            state.files.takeFrom(end.files);
        }
        return outputs.size() == 1 ? outputs.iterator().next() : unknowns.mark("the output of " + source);
    }
}
