package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.expand.Glob;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.Outcome;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@code [ … ]} and {@code [[ … ]]} where all that decides is known. A variable that nobody gives a value is
 * taken as one that the caller may give: both ways are possible then, and each says what the variable must be for it.
 */
public final class Conditions {
    private static final Set<String> COMPARING = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");
    private static final Set<String> OF_FILES = Set.of("-f", "-e", "-d", "-s", "-r", "-x", "-w", "-h", "-L");

    /**
     * A word of a condition.
     *
     * @param text what it expands to
     * @param pattern the same as a pattern
     * @param known whether all of it is known
     * @param open the one variable that it is and that has no value, or null
     */
    public record Operand(
            String text,
            String pattern,
            boolean known,
            @Nullable String open) {
        public static Operand of(String text) {
            return new Operand(text, text, !Unknowns.in(text), null);
        }
    }

    private final List<Operand> words;
    private final ShellState state;
    private final Unknowns unknowns;
    private int at;

    private Conditions(List<Operand> words, ShellState state, Unknowns unknowns) {
        this.words = words;
        this.state = state;
        this.unknowns = unknowns;
    }

    public static Outcome decide(List<Operand> words, ShellState state, Unknowns unknowns) {
        if (words.isEmpty()) {
            return Outcome.FAILURE;
        }
        Conditions conditions = new Conditions(new ArrayList<>(words), state, unknowns);
        Outcome outcome = conditions.or();
        return conditions.at == words.size() ? outcome : Outcome.UNKNOWN;
    }

    private boolean skip(String... operators) {
        for (String operator : operators) {
            if (at < words.size() && words.get(at).text().equals(operator)) {
                at++;
                return true;
            }
        }
        return false;
    }

    private Outcome or() {
        Outcome outcome = and();
        while (skip("-o", "||")) {
            outcome = outcome.or(and());
        }
        return outcome;
    }

    private Outcome and() {
        Outcome outcome = not();
        while (skip("-a", "&&")) {
            outcome = outcome.and(not());
        }
        return outcome;
    }

    private Outcome not() {
        boolean negated = false;
        while (words.size() - at > 1 && skip("!")) {
            negated = !negated;
        }
        Outcome outcome = primary();
        return negated ? outcome.not() : outcome;
    }

    private Outcome primary() {
        int left = words.size() - at;
        if (left > 2 && isBinary(words.get(at + 1).text())) {
            at += 3;
            return binary(words.get(at - 3), words.get(at - 2).text(), words.get(at - 1));
        }
        if (left > 2 && at < MAX_NESTED && skip("(")) {
            Outcome inner = or();
            return skip(")") ? inner : Outcome.UNKNOWN;
        }
        if (left > 1 && words.get(at).text().matches("-[a-zA-Z]")) {
            at += 2;
            return unary(words.get(at - 2).text(), words.get(at - 1));
        }
        if (left == 0) {
            return Outcome.UNKNOWN;
        }
        return notEmpty(words.get(at++));
    }

    /** Parentheses stand only so far from the start. */
    private static final int MAX_NESTED = 100;

    private static boolean isBinary(String operator) {
        return COMPARING.contains(operator)
                || Set.of("=", "==", "!=", "=~", "<", ">").contains(operator);
    }

    private Outcome notEmpty(Operand operand) {
        String open = operand.open();
        if (open != null) {
            return new Outcome(
                    true,
                    true,
                    Map.of(open, unknowns.mark(Unknown.given("what the caller gives for " + open, open))),
                    Map.of());
        }
        boolean known = operand.known() || !Unknowns.without(operand.text()).isEmpty();
        return known ? Outcome.of(!operand.text().isEmpty()) : Outcome.UNKNOWN;
    }

    private Outcome unary(String operator, Operand operand) {
        if (operator.equals("-n")) {
            return notEmpty(operand);
        }
        if (operator.equals("-z")) {
            return notEmpty(operand).not();
        }
        if (operator.equals("-v") && operand.known()) {
            return state.variables.containsKey(operand.text()) ? Outcome.SUCCESS : Outcome.UNKNOWN;
        }
        return OF_FILES.contains(operator) && operand.known() ? file(operator, operand.text()) : Outcome.UNKNOWN;
    }

    /** What is not in the image may be elsewhere on the machine, or be loaded by the script. */
    private Outcome file(String operator, String path) {
        String whole = ImagePath.resolve(state.directory, path);
        if (!path.isEmpty() && state.files.exists(whole)) {
            boolean directory = state.files.isDirectory(whole);
            return operator.equals("-d") || operator.equals("-f")
                    ? Outcome.of(directory == operator.equals("-d"))
                    : Set.of("-e", "-s", "-r").contains(operator) ? Outcome.SUCCESS : Outcome.UNKNOWN;
        }
        state.files.ask(whole);
        return !path.startsWith("/") && state.files.lacks(whole) ? Outcome.FAILURE : Outcome.UNKNOWN;
    }

    private Outcome binary(Operand left, String operator, Operand right) {
        if (operator.equals("!=")) {
            return equal(left, right).not();
        }
        if (operator.equals("=") || operator.equals("==")) {
            return equal(left, right);
        }
        boolean numbers = left.known() && right.known() && COMPARING.contains(operator);
        return numbers ? compared(operator, left.text().strip(), right.text().strip()) : Outcome.UNKNOWN;
    }

    private static Outcome equal(Operand left, Operand right) {
        if (left.known() && right.known()) {
            return Outcome.of(Glob.matches(right.pattern(), left.text()));
        }
        String open = left.open();
        boolean value = open != null && right.known() && right.pattern().equals(Glob.quote(right.text()));
        return value && open != null ? new Outcome(true, true, Map.of(open, right.text()), Map.of()) : Outcome.UNKNOWN;
    }

    private static Outcome compared(String operator, String left, String right) {
        if (!left.matches("-?[0-9]{1,18}") || !right.matches("-?[0-9]{1,18}")) {
            return Outcome.UNKNOWN;
        }
        int order = Long.compare(Long.parseLong(left), Long.parseLong(right));
        return Outcome.of(
                switch (operator) {
                    case "-eq" -> order == 0;
                    case "-ne" -> order != 0;
                    case "-lt" -> order < 0;
                    case "-le" -> order <= 0;
                    case "-gt" -> order > 0;
                    default -> order >= 0;
                });
    }
}
