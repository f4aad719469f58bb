package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.shell.Conditions.Operand;
import io.sealos.images.internal.shell.ShellNode.AndOr;
import io.sealos.images.internal.shell.ShellNode.Branch;
import io.sealos.images.internal.shell.ShellNode.Case;
import io.sealos.images.internal.shell.ShellNode.CaseBranch;
import io.sealos.images.internal.shell.ShellNode.Choice;
import io.sealos.images.internal.shell.ShellNode.Link;
import io.sealos.images.internal.shell.ShellNode.Loop;
import io.sealos.images.internal.shell.ShellNode.Simple;
import io.sealos.images.internal.shell.ShellNode.While;
import io.sealos.images.internal.shell.ShellState.Flow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows what decides which commands run: one way where that is known, else each. */
final class ControlFlow {
    private static final int MAX_ROUNDS = 200;
    /** What is not expected to fail, so that what follows {@code &&} runs. */
    private static final Set<String> SURE = Set.of(
            "cd", "pushd", "popd", "export", "set", "shift", "helm", "echo", "printf", "mkdir", "cp", "mv", "rm",
            "chmod", "tar", "source", ".", "bash", "sh", "ln", "install", "kubectl", "sealos", "sleep");

    private final Interpreter interpreter;
    private final SimpleCommands commands;

    ControlFlow(Interpreter interpreter, SimpleCommands commands) {
        this.interpreter = interpreter;
        this.commands = commands;
    }

    List<ShellState> andOr(AndOr andOr, ShellState state) {
        List<ShellState> states = interpreter.run(andOr.first(), state);
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
            states = interpreter.distinct(next);
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
            next.addAll(interpreter.run(link.command(), state.assume(link.and())));
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
            open = interpreter.distinct(next);
        }
        open.forEach(it -> it.outcome = Outcome.SUCCESS);
        ends.addAll(open);
        return interpreter.distinct(ends);
    }

    private void branch(Branch branch, ShellState state, List<ShellState> ends, List<ShellState> next) {
        if (branch.condition().isEmpty()) {
            ends.addAll(interpreter.run(branch.body(), state));
            return;
        }
        for (ShellState tested : interpreter.all(branch.condition(), state)) {
            if (tested.flow != Flow.NEXT) {
                ends.add(tested);
                continue;
            }
            if (tested.outcome.mayHold()) {
                ends.addAll(interpreter.run(branch.body(), tested.assume(true)));
            }
            if (tested.outcome.mayFail()) {
                next.add(tested.assume(false));
            }
        }
    }

    List<ShellState> cases(Case cases, ShellState state) {
        Operand word = commands.operand(cases.word(), state);
        List<ShellState> ends = new ArrayList<>();
        for (CaseBranch branch : cases.branches()) {
            Set<String> values = new HashSet<>();
            boolean fits = false;
            for (Word pattern : branch.patterns()) {
                Operand fitting = commands.operand(pattern, state);
                boolean undecided = !word.known() || !fitting.known();
                fits |= undecided || Glob.matches(fitting.pattern(), word.text());
                values.add(fitting.pattern().equals(Glob.quote(fitting.text())) ? fitting.text() : "*");
            }
            if (fits) {
                ends.addAll(interpreter.run(branch.body(), assuming(word, values, state)));
            }
            if (fits && (word.known() || isEverything(branch))) {
                return interpreter.distinct(ends);
            }
        }
        ends.add(state.copy());
        return interpreter.distinct(ends);
    }

    private static boolean isEverything(CaseBranch branch) {
        return branch.patterns().stream().anyMatch(it -> "*".equals(it.literal()));
    }

    /** In the branch of one value, a variable that the caller may give has that value. */
    private static ShellState assuming(Operand word, Set<String> values, ShellState state) {
        String open = word.open();
        String value = String.join("", values);
        boolean one = open != null && values.size() == 1 && !value.equals("*");
        state.outcome = one ? new Outcome(true, true, Map.of(open, value), Map.of()) : Outcome.SUCCESS;
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
            open = interpreter.distinct(next);
        }
        if (!open.isEmpty()) {
            tooManyRounds(state);
        }
        ends.addAll(open);
        return interpreter.distinct(Interpreter.afterRound(ends, Flow.BREAK, Flow.CONTINUE));
    }

    /** A loop whose end is not known runs once or not at all. */
    private void round(While loop, ShellState state, List<ShellState> ends, List<ShellState> next) {
        List<ShellState> tests = loop.condition().isEmpty() ? List.of(state) : interpreter.all(loop.condition(), state);
        for (ShellState tested : tests) {
            Outcome goesOn = loop.until() ? tested.outcome.not() : tested.outcome;
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
        for (ShellState end : Interpreter.afterRound(interpreter.run(loop.body(), state), Flow.CONTINUE)) {
            ends.addAll(end.flow == Flow.NEXT ? interpreter.all(loop.step(), end) : List.of(end));
        }
        return ends;
    }

    private void tooManyRounds(ShellState state) {
        interpreter.given(
                state.source,
                ScanProblem.Kind.READ_IN_PART,
                "has a loop of more than " + MAX_ROUNDS + " rounds; not all were followed");
    }

    List<ShellState> loop(Loop loop, ShellState state) {
        List<String> values = commands.fields(loop.words(), state);
        if (values.size() > MAX_ROUNDS) {
            tooManyRounds(state);
        }
        List<ShellState> states = List.of(state);
        for (String value : values.subList(0, Math.min(values.size(), MAX_ROUNDS))) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                if (one.flow == Flow.NEXT) {
                    one.set(loop.variable(), value);
                    next.addAll(interpreter.run(loop.body(), one));
                } else {
                    next.add(one);
                }
            }
            states = interpreter.distinct(Interpreter.afterRound(next, Flow.CONTINUE));
        }
        return Interpreter.afterRound(states, Flow.BREAK);
    }
}
