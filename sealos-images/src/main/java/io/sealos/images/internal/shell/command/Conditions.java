package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.expand.ShellPattern;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates {@code [ … ]} and {@code [[ … ]]} if all operands are known. A variable without a value is treated as one
 * that the caller may set. In this case both results are possible, each with the value that the variable must have.
 */
public final class Conditions {
    private static final Set<String> COMPARING = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");
    private static final Set<String> OF_FILES = Set.of("-f", "-e", "-d", "-s", "-r", "-x", "-w", "-h", "-L");

    /**
     * A word of a condition.
     *
     * @param text the expanded text
     * @param pattern the expanded text as a pattern
     * @param known whether all of it is known
     * @param open the variable without a value of which the word consists, or null
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

    public static ExitStatus decide(List<Operand> words, ShellState state, Unknowns unknowns) {
        if (words.isEmpty()) {
            return ExitStatus.FAILURE;
        }
        Conditions conditions = new Conditions(new ArrayList<>(words), state, unknowns);
        ExitStatus outcome = conditions.or();
        return conditions.at == words.size() ? outcome : ExitStatus.UNKNOWN;
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

    private ExitStatus or() {
        ExitStatus outcome = and();
        while (skip("-o", "||")) {
            outcome = outcome.or(and());
        }
        return outcome;
    }

    private ExitStatus and() {
        ExitStatus outcome = not();
        while (skip("-a", "&&")) {
            outcome = outcome.and(not());
        }
        return outcome;
    }

    private ExitStatus not() {
        boolean negated = false;
        while (words.size() - at > 1 && skip("!")) {
            negated = !negated;
        }
        ExitStatus outcome = primary();
        return negated ? outcome.not() : outcome;
    }

    private ExitStatus primary() {
        int left = words.size() - at;
        if (left > 2 && isBinary(words.get(at + 1).text())) {
            at += 3;
            return binary(words.get(at - 3), words.get(at - 2).text(), words.get(at - 1));
        }
        if (left > 2 && at < MAX_NESTED && skip("(")) {
            ExitStatus inner = or();
            return skip(")") ? inner : ExitStatus.UNKNOWN;
        }
        if (left > 1 && words.get(at).text().matches("-[a-zA-Z]")) {
            at += 2;
            return unary(words.get(at - 2).text(), words.get(at - 1));
        }
        if (left == 0) {
            return ExitStatus.UNKNOWN;
        }
        return notEmpty(words.get(at++));
    }

    /** The largest number of words before a parenthesis. */
    private static final int MAX_NESTED = 100;

    private static boolean isBinary(String operator) {
        return COMPARING.contains(operator)
                || Set.of("=", "==", "!=", "=~", "<", ">").contains(operator);
    }

    private ExitStatus notEmpty(Operand operand) {
        String open = operand.open();
        if (open != null) {
            return new ExitStatus(
                    true,
                    true,
                    Map.of(open, unknowns.mark(Unknown.given("what the caller gives for " + open, open))),
                    Map.of());
        }
        boolean known = operand.known() || !Unknowns.without(operand.text()).isEmpty();
        return known ? ExitStatus.of(!operand.text().isEmpty()) : ExitStatus.UNKNOWN;
    }

    private ExitStatus unary(String operator, Operand operand) {
        if (operator.equals("-n")) {
            return notEmpty(operand);
        }
        if (operator.equals("-z")) {
            return notEmpty(operand).not();
        }
        if (operator.equals("-v") && operand.known()) {
            return state.variables.containsKey(operand.text()) ? ExitStatus.SUCCESS : ExitStatus.UNKNOWN;
        }
        return OF_FILES.contains(operator) && operand.known() ? file(operator, operand.text()) : ExitStatus.UNKNOWN;
    }

    /**
     * Evaluates a test of a file. A file that is not in the image may be on the machine, or may be downloaded by the
     * script.
     */
    private ExitStatus file(String operator, String path) {
        String whole = ImagePath.resolve(state.directory, path);
        if (!path.isEmpty() && state.files.exists(whole)) {
            boolean directory = state.files.isDirectory(whole);
            return operator.equals("-d") || operator.equals("-f")
                    ? ExitStatus.of(directory == operator.equals("-d"))
                    : Set.of("-e", "-s", "-r").contains(operator) ? ExitStatus.SUCCESS : ExitStatus.UNKNOWN;
        }
        state.files.ask(whole);
        return !path.startsWith("/") && state.files.lacks(whole) ? ExitStatus.FAILURE : ExitStatus.UNKNOWN;
    }

    private ExitStatus binary(Operand left, String operator, Operand right) {
        if (operator.equals("!=")) {
            return equal(left, right).not();
        }
        if (operator.equals("=") || operator.equals("==")) {
            return equal(left, right);
        }
        boolean numbers = left.known() && right.known() && COMPARING.contains(operator);
        return numbers ? compared(operator, left.text().strip(), right.text().strip()) : ExitStatus.UNKNOWN;
    }

    private static ExitStatus equal(Operand left, Operand right) {
        if (left.known() && right.known()) {
            return ExitStatus.of(ShellPattern.matches(right.pattern(), left.text()));
        }
        String open = left.open();
        boolean value = open != null && right.known() && right.pattern().equals(ShellPattern.quote(right.text()));
        return value && open != null
                ? new ExitStatus(true, true, Map.of(open, right.text()), Map.of())
                : ExitStatus.UNKNOWN;
    }

    private static ExitStatus compared(String operator, String left, String right) {
        if (!left.matches("-?[0-9]{1,18}") || !right.matches("-?[0-9]{1,18}")) {
            return ExitStatus.UNKNOWN;
        }
        int order = Long.compare(Long.parseLong(left), Long.parseLong(right));
        return ExitStatus.of(
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
