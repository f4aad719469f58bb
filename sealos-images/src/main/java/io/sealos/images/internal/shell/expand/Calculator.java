package io.sealos.images.internal.shell.expand;

import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellText;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates {@code $((…))} and {@code ((…))} with whole numbers, including assignments. */
public final class Calculator {
    private static final int LONGEST = 1000;
    private static final int MAX_DEPTH = 50;
    /** The operators in ascending order of precedence. An operator comes before those that are its beginning. */
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("==", "!="),
            List.of("<=", ">=", "<", ">"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private static final List<String> ASSIGNING = List.of("=", "+=", "-=", "*=", "/=", "%=");

    private static final Pattern ASSIGNED = Pattern.compile(
            "\\b([A-Za-z_]\\w*+)\\s*+(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\\+\\+|--)|(?:\\+\\+|--)\\s*+([A-Za-z_]\\w*+)");

    /** Thrown when the expression cannot be evaluated. */
    private static final class NotKnown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKnown() {
            super("not known", null, false, false);
        }
    }

    private final String text;
    private final ShellState state;
    private int at;
    private int depth;
    /** Greater than 0 in a part that is not evaluated, so that nothing is assigned. */
    private int skipped;

    private Calculator(String text, ShellState state) {
        this.text = text;
        this.state = state;
    }

    /** Evaluates an expression. Variables that are assigned an unknown value are marked. */
    public static @Nullable Long calculate(String text, ShellState state, Unknowns unknowns) {
        Long value = calculate(text, state);
        if (value == null) {
            Matcher assigned = ASSIGNED.matcher(text);
            while (assigned.find()) {
                String name = assigned.group(1) == null ? assigned.group(2) : assigned.group(1);
                state.set(name, unknowns.mark("what is calculated for " + name));
            }
        }
        return value;
    }

    /** {@return the value of an expression that has been expanded; null if it is not known} */
    public static @Nullable Long calculate(String text, ShellState state) {
        if (Unknowns.in(text) || text.length() > LONGEST) {
            return null;
        }
        if (text.isBlank()) {
            return 0L;
        }
        try {
            Calculator calculator = new Calculator(text, state);
            long value = calculator.list();
            return calculator.peekOperator().isEmpty() && calculator.at == text.length() ? value : null;
        } catch (NotKnown | ArithmeticException e) {
            return null;
        }
    }

    private long list() {
        long value = assignment();
        while (skip(",")) {
            value = assignment();
        }
        return value;
    }

    private long assignment() {
        if (++depth > MAX_DEPTH) {
            throw new NotKnown();
        }
        try {
            int start = at;
            String name = name();
            String operator = peekOperator();
            if (!name.isEmpty() && ASSIGNING.contains(operator)) {
                skip(operator);
                long right = assignment();
                String calculation = operator.substring(0, operator.length() - 1);
                return store(name, calculation.isEmpty() ? right : apply(calculation, variable(name), right));
            }
            at = start;
            return condition();
        } finally {
            depth--;
        }
    }

    private long condition() {
        long test = binary(0);
        if (!skip("?")) {
            return test;
        }
        long yes = skipping(test == 0, this::assignment);
        if (!skip(":")) {
            throw new NotKnown();
        }
        long no = skipping(test != 0, this::assignment);
        return test != 0 ? yes : no;
    }

    private long skipping(boolean unasked, LongSupplier part) {
        skipped += unasked ? 1 : 0;
        long value = part.getAsLong();
        skipped -= unasked ? 1 : 0;
        return value;
    }

    private long binary(int level) {
        if (level == LEVELS.size()) {
            return power();
        }
        long left = binary(level + 1);
        String operator = peekOperator();
        while (LEVELS.get(level).contains(operator)) {
            skip(operator);
            boolean decided = operator.equals("&&") ? left == 0 : operator.equals("||") && left != 0;
            long right = skipping(decided, () -> binary(level + 1));
            left = apply(operator, left, right);
            operator = peekOperator();
        }
        return left;
    }

    private long power() {
        long base = unary();
        return skip("**") ? raise(base, power()) : base;
    }

    private static long raise(long base, long exponent) {
        if (exponent < 0 || exponent > 64) {
            throw new NotKnown();
        }
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= base;
        }
        return value;
    }

    private long unary() {
        String operator = peekOperator();
        if (operator.equals("++") || operator.equals("--")) {
            skip(operator);
            String name = name();
            return store(name, variable(name) + (operator.equals("++") ? 1 : -1));
        }
        for (String sign : List.of("!", "-", "+", "~")) {
            if (operator.equals(sign) && skip(sign)) {
                return signed(sign, unary());
            }
        }
        return primary();
    }

    private static long signed(String sign, long value) {
        return switch (sign) {
            case "!" -> value == 0 ? 1 : 0;
            case "-" -> -value;
            case "~" -> ~value;
            default -> value;
        };
    }

    private long primary() {
        if (skip("(")) {
            long value = list();
            if (!skip(")")) {
                throw new NotKnown();
            }
            return value;
        }
        String name = name();
        if (name.isEmpty()) {
            return number();
        }
        long value = variable(name);
        String operator = peekOperator();
        if (operator.equals("++") || operator.equals("--")) {
            skip(operator);
            store(name, value + (operator.equals("++") ? 1 : -1));
        }
        return value;
    }

    private long number() {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("0|[1-9][0-9]{0,17}")) {
            throw new NotKnown();
        }
        return Long.parseLong(digits);
    }

    private long variable(String name) {
        ShellVariable variable = state.variables.get(name);
        String value = variable == null || variable.items().isEmpty()
                ? ""
                : variable.items().get(0);
        if (value.isBlank()) {
            return 0;
        }
        if (!value.strip().matches("-?(0|[1-9][0-9]{0,17})")) {
            throw new NotKnown();
        }
        return Long.parseLong(value.strip());
    }

    private long store(String name, long value) {
        if (name.isEmpty()) {
            throw new NotKnown();
        }
        if (skipped == 0) {
            state.set(name, Long.toString(value));
        }
        return value;
    }

    private static long apply(String operator, long left, long right) {
        return switch (operator) {
            case "||" -> truth(left != 0 || right != 0);
            case "&&" -> truth(left != 0 && right != 0);
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<=" -> truth(left <= right);
            case ">=" -> truth(left >= right);
            case "<" -> truth(left < right);
            case ">" -> truth(left > right);
            default -> calculated(operator, left, right);
        };
    }

    private static long calculated(String operator, long left, long right) {
        return switch (operator) {
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "<<" -> left << right;
            case ">>" -> left >> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            default -> left % right;
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private String name() {
        skipBlanks();
        int start = at;
        while (at < text.length() && ShellText.isNameCharacter(text.charAt(at), at == start)) {
            at++;
        }
        return text.substring(start, at);
    }

    /** {@return the longest operator at the current position; an empty string if there is none} */
    private String peekOperator() {
        skipBlanks();
        Function<Integer, String> next = length -> text.substring(at, Math.min(text.length(), at + length));
        String two = next.apply(2);
        boolean known = ASSIGNING.contains(two)
                || LEVELS.stream().anyMatch(it -> it.contains(two))
                || List.of("++", "--", "**").contains(two);
        String one = next.apply(1);
        return known && two.length() == 2 ? two : one.isEmpty() || "|^&<>+-*/%=!~".contains(one) ? one : "";
    }

    private boolean skip(String token) {
        skipBlanks();
        boolean operator = "|^&<>+-*/%=!~".indexOf(token.charAt(0)) >= 0;
        boolean there = operator ? peekOperator().equals(token) : text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
