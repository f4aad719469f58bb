package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.command.Conditions.Operand;
import io.sealos.images.internal.shell.expand.ShellPattern;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Flow;
import io.sealos.images.internal.shell.syntax.ShellNode;
import io.sealos.images.internal.shell.syntax.ShellNode.AndOr;
import io.sealos.images.internal.shell.syntax.ShellNode.Branch;
import io.sealos.images.internal.shell.syntax.ShellNode.Case;
import io.sealos.images.internal.shell.syntax.ShellNode.CaseBranch;
import io.sealos.images.internal.shell.syntax.ShellNode.Choice;
import io.sealos.images.internal.shell.syntax.ShellNode.Link;
import io.sealos.images.internal.shell.syntax.ShellNode.Loop;
import io.sealos.images.internal.shell.syntax.ShellNode.Simple;
import io.sealos.images.internal.shell.syntax.ShellNode.While;
import io.sealos.images.internal.shell.syntax.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Interprets the commands that decide which other commands run. If the decision is known, one branch is followed, else
 * each of them.
 */
final class ControlFlow {
    private static final int MAX_ROUNDS = 200;
    /** The commands that are expected to succeed, so that the command after {@code &&} runs. */
    private static final Set<String> SURE = Set.of(
            "cd", "pushd", "popd", "export", "set", "shift", "helm", "echo", "printf", "mkdir", "cp", "mv", "rm",
            "chmod", "tar", "source", ".", "bash", "sh", "ln", "install", "kubectl", "sealos", "sleep");

    private final CommandRunner runner;
    private final Operands operands;
    private final Paths paths;

    ControlFlow(CommandRunner runner, Operands operands, Paths paths) {
        this.runner = runner;
        this.operands = operands;
        this.paths = paths;
    }

    List<ShellState> andOr(AndOr andOr, ShellState state) {
        List<ShellState> states = runner.run(andOr.first(), state);
        ShellNode before = andOr.first();
        for (Link link : andOr.rest()) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                if (one.flow == Flow.NEXT) {
                    link(link, isSure(before), one, next);
                } else {
                    next.add(one);
                }
            }
            states = paths.distinct(next);
            before = link.command();
        }
        return states;
    }

    private void link(Link link, boolean sure, ShellState state, List<ShellState> next) {
        boolean expected = sure && link.and() && !state.outcome.isKnown();
        if (state.outcome.may(!link.and()) && !expected) {
            next.add(state.assume(!link.and()));
        }
        if (state.outcome.may(link.and())) {
            next.addAll(runner.run(link.command(), state.assume(link.and())));
        }
    }

    private static boolean isSure(ShellNode node) {
        return node instanceof Simple simple
                && (simple.words().isEmpty()
                        || SURE.contains(String.valueOf(simple.words().get(0).literal())));
    }

    List<ShellState> choice(Choice choice, ShellState state) {
        List<ShellState> ends = new ArrayList<>();
        List<ShellState> open = List.of(state);
        for (Branch branch : choice.branches()) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : open) {
                branch(branch, one, ends, next);
            }
            open = paths.distinct(next);
        }
        open.forEach(it -> it.outcome = ExitStatus.SUCCESS);
        ends.addAll(open);
        return paths.distinct(ends);
    }

    private void branch(Branch branch, ShellState state, List<ShellState> ends, List<ShellState> next) {
        if (branch.condition().isEmpty()) {
            ends.addAll(runner.run(branch.body(), state));
            return;
        }
        for (ShellState tested : runner.all(branch.condition(), state)) {
            if (tested.flow != Flow.NEXT) {
                ends.add(tested);
                continue;
            }
            if (tested.outcome.mayHold()) {
                ends.addAll(runner.run(branch.body(), tested.assume(true)));
            }
            if (tested.outcome.mayFail()) {
                next.add(tested.assume(false));
            }
        }
    }

    List<ShellState> cases(Case cases, ShellState state) {
        Operand word = operands.operand(cases.word(), state);
        List<ShellState> ends = new ArrayList<>();
        for (CaseBranch branch : cases.branches()) {
            Set<String> values = new HashSet<>();
            boolean fits = false;
            for (Word pattern : branch.patterns()) {
                Operand fitting = operands.operand(pattern, state);
                boolean undecided = !word.known() || !fitting.known();
                fits |= undecided || ShellPattern.matches(fitting.pattern(), word.text());
                values.add(fitting.pattern().equals(ShellPattern.quote(fitting.text())) ? fitting.text() : "*");
            }
            if (fits) {
                ends.addAll(runner.run(branch.body(), assuming(word, values, state)));
            }
            if (fits && (word.known() || isEverything(branch))) {
                return paths.distinct(ends);
            }
        }
        ends.add(state.copy());
        return paths.distinct(ends);
    }

    private static boolean isEverything(CaseBranch branch) {
        return branch.patterns().stream().anyMatch(it -> "*".equals(it.literal()));
    }

    /** {@return the state in the branch of these values, in which a variable that the caller may set has the value} */
    private static ShellState assuming(Operand word, Set<String> values, ShellState state) {
        String open = word.open();
        String value = String.join("", values);
        boolean one = open != null && values.size() == 1 && !value.equals("*");
        state.outcome = one ? new ExitStatus(true, true, Map.of(open, value), Map.of()) : ExitStatus.SUCCESS;
        return state.assume(true);
    }

    List<ShellState> whileLoop(While loop, ShellState state) {
        List<ShellState> ends = new ArrayList<>();
        List<ShellState> open = List.of(state);
        Set<List<Object>> seen = new HashSet<>();
        for (int round = 0; round < MAX_ROUNDS && !open.isEmpty(); round++) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : open) {
                if (seen.add(one.key())) {
                    round(loop, one, ends, next);
                } else {
                    ends.add(one);
                }
            }
            open = paths.distinct(next);
        }
        if (!open.isEmpty()) {
            tooManyRounds(state, readsLines(loop.condition()));
        }
        ends.addAll(open);
        return paths.distinct(afterRound(ends, Flow.BREAK, Flow.CONTINUE));
    }

    /** Interprets a round of a loop. If the end of the loop is not known, it runs once or not at all. */
    private void round(While loop, ShellState state, List<ShellState> ends, List<ShellState> next) {
        List<ShellState> tests = loop.condition().isEmpty() ? List.of(state) : runner.all(loop.condition(), state);
        for (ShellState tested : tests) {
            ExitStatus goesOn = loop.until() ? tested.outcome.not() : tested.outcome;
            boolean endless = loop.condition().isEmpty();
            if (tested.flow != Flow.NEXT || (!endless && !goesOn.mayHold())) {
                ends.add(tested);
                continue;
            }
            if (!endless && goesOn.mayFail()) {
                ends.add(tested.assume(loop.until()));
            }
            List<ShellState> bodies = body(loop, tested.assume(!loop.until()));
            boolean known = endless || goesOn.isKnown();
            boolean decided = bodies.stream().allMatch(it -> it.flow == Flow.NEXT);
            bodies.forEach(it -> (known && decided ? next : ends).add(it));
        }
    }

    private List<ShellState> body(While loop, ShellState state) {
        List<ShellState> ends = new ArrayList<>();
        for (ShellState end : afterRound(runner.run(loop.body(), state), Flow.CONTINUE)) {
            ends.addAll(end.flow == Flow.NEXT ? runner.all(loop.step(), end) : List.of(end));
        }
        return ends;
    }

    /** {@return whether each round of a loop gets a line of input} */
    private static boolean readsLines(List<ShellNode> condition) {
        return condition.stream()
                .flatMap(it -> it instanceof AndOr list ? Stream.of(list.first()) : Stream.of(it))
                .anyMatch(it -> it instanceof Simple simple
                        && !simple.words().isEmpty()
                        && "read".equals(simple.words().get(0).literal()));
    }

    /** {@return whether the loop counts, so that its rounds install the same} */
    private static boolean areNumbers(List<String> values) {
        return values.stream().flatMapToInt(String::chars).allMatch(Character::isDigit);
    }

    /**
     * Records a loop that was not followed to its end.
     *
     * @param differ whether the other rounds may install something else
     */
    private void tooManyRounds(ShellState state, boolean differ) {
        paths.giveUp(
                state.source,
                differ ? Kind.UNREAD : Kind.READ_IN_PART,
                "has a loop of more than " + MAX_ROUNDS + " rounds; not all were followed");
    }

    List<ShellState> loop(Loop loop, ShellState state) {
        List<String> values = operands.fields(loop.words(), state);
        if (values.size() > MAX_ROUNDS) {
            tooManyRounds(state, !areNumbers(values.subList(MAX_ROUNDS, values.size())));
        }
        List<ShellState> states = List.of(state);
        for (String value : values.subList(0, Math.min(values.size(), MAX_ROUNDS))) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                if (one.flow == Flow.NEXT) {
                    one.set(loop.variable(), value);
                    next.addAll(runner.run(loop.body(), one));
                } else {
                    next.add(one);
                }
            }
            states = paths.distinct(afterRound(next, Flow.CONTINUE));
        }
        return afterRound(states, Flow.BREAK);
    }

    /**
     * {@return the states after a round, in which flows that end with the loop or function, such as {@code break}, have
     * ended}
     */
    static List<ShellState> afterRound(List<ShellState> states, Flow... ended) {
        for (ShellState state : states) {
            for (Flow flow : ended) {
                state.flow = state.flow == flow ? Flow.NEXT : state.flow;
            }
        }
        return states;
    }
}
