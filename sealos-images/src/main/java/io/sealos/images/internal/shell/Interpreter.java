package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.command.Programs;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Flow;
import io.sealos.images.internal.shell.state.ShellState.Function;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknown.Nature;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.state.WorkLimit;
import io.sealos.images.internal.shell.syntax.ShellNode;
import io.sealos.images.internal.shell.syntax.ShellNode.AndOr;
import io.sealos.images.internal.shell.syntax.ShellNode.Calculation;
import io.sealos.images.internal.shell.syntax.ShellNode.Case;
import io.sealos.images.internal.shell.syntax.ShellNode.Choice;
import io.sealos.images.internal.shell.syntax.ShellNode.Condition;
import io.sealos.images.internal.shell.syntax.ShellNode.Definition;
import io.sealos.images.internal.shell.syntax.ShellNode.Group;
import io.sealos.images.internal.shell.syntax.ShellNode.Loop;
import io.sealos.images.internal.shell.syntax.ShellNode.Not;
import io.sealos.images.internal.shell.syntax.ShellNode.Pipeline;
import io.sealos.images.internal.shell.syntax.ShellNode.Simple;
import io.sealos.images.internal.shell.syntax.ShellNode.While;
import io.sealos.images.internal.shell.syntax.ShellParser;
import io.sealos.images.internal.shell.syntax.ShellScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Interprets a script along all its paths without running anything. Decisions that depend only on the script and on ENV
 * of the Kubefile are made. If a decision depends on a program or on the caller of the script, each branch is followed,
 * and a loop runs once or not at all. Steps, characters, paths and depth are limited.
 */
final class Interpreter implements CommandRunner {
    private static final int MAX_DEPTH = 200;

    private final Unknowns unknowns;
    private final ShellListener listener;
    private final Paths paths;
    private final Set<Function> called = new HashSet<>();
    private boolean dispatches;
    private int depth;

    Interpreter(Unknowns unknowns, ShellListener listener) {
        this.unknowns = unknowns;
        this.listener = listener;
        this.paths = new Paths(listener);
    }

    /** Reports the scripts that were not interpreted to their end. */
    void reportGivenUp() {
        paths.reportGivenUp();
    }

    private Operands operands() {
        return new Operands(this, unknowns);
    }

    List<ShellState> begin(ShellReader.Start start, List<ShellState> states) {
        List<ShellState> ends = new ArrayList<>();
        for (ShellState state : states) {
            state.source = start.source();
            ends.addAll(script(start.text(), start.line(), state));
        }
        return paths.distinct(ends);
    }

    @Override
    public List<ShellState> script(String text, int firstLine, ShellState state) {
        paths.read(text);
        state.work.read(text);
        unknowns.of(text).stream()
                .filter(it -> it.nature() == Nature.ADDRESS)
                .forEach(it -> listener.problem(
                        Kind.REMOTE,
                        state.source,
                        firstLine,
                        "the script at the address " + it.source() + " is not known, nor what it installs"));
        ShellScript script = ShellParser.parse(Unknowns.without(text), firstLine);
        List<ShellState> ends = all(script.commands(), state);
        if (script.problem() != null) {
            listener.problem(
                    Programs.areNamedIn(text) ? Kind.UNREAD : Kind.READ_IN_PART,
                    state.source,
                    script.problemLine(),
                    "the shell script is not understood from here on: it " + script.problem());
        }
        return ends;
    }

    @Override
    public List<ShellState> all(List<ShellNode> nodes, ShellState state) {
        List<ShellState> states = List.of(state);
        for (ShellNode node : nodes) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                next.addAll(one.flow == Flow.NEXT ? run(node, one) : List.of(one));
            }
            if (next.size() > 1 && node != nodes.get(nodes.size() - 1)) {
                next.forEach(it -> it.outcome = ExitStatus.UNKNOWN);
            }
            states = paths.distinct(next);
        }
        return states;
    }

    @Override
    public List<ShellState> run(ShellNode node, ShellState state) {
        if (depth >= MAX_DEPTH || state.work.isSpent()) {
            paths.giveUp(
                    state.source,
                    Kind.UNREAD,
                    "does too much to be followed to its end: more than " + WorkLimit.MOST_STEPS + " steps or "
                            + WorkLimit.MOST_CHARACTERS + " characters, or calls nested deeper than " + MAX_DEPTH);
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
            return new SimpleCommands(this, operands(), paths, unknowns, listener).run(simple, state);
        } else if (node instanceof Group group) {
            return group(group, state);
        } else if (node instanceof Pipeline pipeline) {
            return pipeline(pipeline.commands(), state);
        } else if (node instanceof Not not) {
            List<ShellState> ends = run(not.command(), state);
            ends.forEach(it -> it.outcome = it.outcome.not());
            return ends;
        } else if (node instanceof Condition condition) {
            state.outcome = operands().decide(condition.words(), state);
            return List.of(state);
        } else if (node instanceof Calculation calculation) {
            state.outcome = operands().decide(calculation.expression(), state);
            return List.of(state);
        } else if (node instanceof Definition definition) {
            state.functions.put(definition.name(), new Function(definition.body(), state.source));
            return List.of(state);
        }
        return compound(node, state);
    }

    private List<ShellState> compound(ShellNode node, ShellState state) {
        ControlFlow flow = new ControlFlow(this, operands(), paths);
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
        Redirections redirections =
                Redirections.begin(group.redirects(), state, operands()::expander, unknowns, listener);
        List<ShellState> ends = group.subshell() ? subshell(group.commands(), state) : all(group.commands(), state);
        ends.forEach(redirections::end);
        return ends;
    }

    /** Interprets commands in a subshell, of which only the files, the output and the exit status are kept. */
    List<ShellState> subshell(List<ShellNode> nodes, ShellState state) {
        List<ShellState> ends = new ArrayList<>();
        for (ShellState inner : all(nodes, state.copy())) {
            ends.add(state.after(inner));
        }
        return paths.distinct(ends);
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
                subshell(List.of(nodes.get(i)), inner).forEach(end -> ends.add(state.after(end)));
            }
            states = paths.distinct(ends);
        }
        return states;
    }

    private static boolean namesImages(ShellNode node) {
        return node instanceof Simple simple && Programs.nameImages(simple.words());
    }

    @Override
    public List<ShellState> call(Function function, List<String> arguments, ShellState state) {
        called.add(function);
        List<String> outer = state.arguments;
        String source = state.source;
        Map<String, Optional<ShellVariable>> hidden = state.hidden;
        state.arguments = arguments;
        state.source = function.source();
        state.hidden = new LinkedHashMap<>();
        List<ShellState> ends = ControlFlow.afterRound(run(function.body(), state), Flow.RETURN);
        for (ShellState end : ends) {
            end.arguments = outer;
            end.source = source;
            end.restore(end.hidden == null ? Map.of() : end.hidden);
            end.hidden = hidden == null ? null : new LinkedHashMap<>(hidden);
        }
        return paths.distinct(ends);
    }

    @Override
    public void dispatches() {
        dispatches = true;
    }

    @Override
    public List<ShellState> end(List<ShellState> ends) {
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

    /** {@return the output of the commands, or a mark if it is not known} The files that they create are kept. */
    @Override
    public String output(List<ShellNode> nodes, String source, ShellState state) {
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
