package io.sealos.images.internal.shell.expand;

import static java.util.Map.entry;

import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates {@code $((…))} and {@code ((…))} with whole numbers, including assignments. */
public final class Calculator {
    private static final int LONGEST = 1000;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_EXPONENT = 64;

    /** Names, numbers and operators; every other character is a token that nothing expects. */
    private static final Pattern TOKEN =
            Pattern.compile("\\w{1,1000}|[*]{2}|[+]{2}|--|[|]{2}|&&|<<|>>|[-+*/%=!<>]=|\\S");

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Set<String> ASSIGNING = Set.of("=", "+=", "-=", "*=", "/=", "%=");
    private static final Map<String, Operator> OPERATORS = Map.ofEntries(
            entry("||", new Operator(1, (left, right) -> truth(left != 0 || right != 0))),
            entry("&&", new Operator(2, (left, right) -> truth(left != 0 && right != 0))),
            entry("|", new Operator(3, (left, right) -> left | right)),
            entry("^", new Operator(4, (left, right) -> left ^ right)),
            entry("&", new Operator(5, (left, right) -> left & right)),
            entry("==", new Operator(6, (left, right) -> truth(left == right))),
            entry("!=", new Operator(6, (left, right) -> truth(left != right))),
            entry("<=", new Operator(7, (left, right) -> truth(left <= right))),
            entry(">=", new Operator(7, (left, right) -> truth(left >= right))),
            entry("<", new Operator(7, (left, right) -> truth(left < right))),
            entry(">", new Operator(7, (left, right) -> truth(left > right))),
            entry("<<", new Operator(8, (left, right) -> left << right)),
            entry(">>", new Operator(8, (left, right) -> left >> right)),
            entry("+", new Operator(9, Long::sum)),
            entry("-", new Operator(9, (left, right) -> left - right)),
            entry("*", new Operator(10, (left, right) -> left * right)),
            entry("/", new Operator(10, (left, right) -> left / right)),
            entry("%", new Operator(10, (left, right) -> left % right)),
            entry("**", new Operator(11, Calculator::raise)));

    private static final Pattern ASSIGNED = Pattern.compile(
            "\\b([A-Za-z_]\\w*+)\\s*+(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\\+\\+|--)|(?:\\+\\+|--)\\s*+([A-Za-z_]\\w*+)");

    /** Thrown when the expression cannot be evaluated. */
    private static final class NotKnown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKnown() {
            super("not known", null, false, false);
        }
    }

    /** An operator between two values; the one of more strength takes its operands first. */
    private record Operator(int strength, LongBinaryOperator operation) {}

    private final List<String> tokens;
    private final ShellState state;
    private int at;
    private int depth;
    /** Greater than 0 in a part that is not evaluated, so that nothing is assigned. */
    private int skipped;

    private Calculator(String text, ShellState state) {
        this.tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
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
            return calculator.peek().isEmpty() ? value : null;
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
        boolean assigns = isName(peek()) && at + 1 < tokens.size() && ASSIGNING.contains(tokens.get(at + 1));
        long value = assigns ? assigned(next()) : condition();
        depth--;
        return value;
    }

    private long assigned(String name) {
        String operator = next();
        long right = assignment();
        Operator calculation = OPERATORS.get(operator.substring(0, operator.length() - 1));
        return store(name, calculation == null ? right : calculation.operation().applyAsLong(variable(name), right));
    }

    private long condition() {
        long test = binary(1);
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

    /** The value of operands that operators of at least a strength join. */
    private long binary(int weakest) {
        long left = unary();
        Operator operator = OPERATORS.get(peek());
        while (operator != null && operator.strength() >= weakest) {
            String symbol = next();
            boolean decided = symbol.equals("&&") ? left == 0 : symbol.equals("||") && left != 0;
            int stronger = symbol.equals("**") ? operator.strength() : operator.strength() + 1;
            long right = skipping(decided, () -> binary(stronger));
            left = operator.operation().applyAsLong(left, right);
            operator = OPERATORS.get(peek());
        }
        return left;
    }

    private static long raise(long base, long exponent) {
        if (exponent < 0 || exponent > MAX_EXPONENT) {
            throw new NotKnown();
        }
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= base;
        }
        return value;
    }

    private long unary() {
        String token = next();
        return switch (token) {
            case "!" -> truth(unary() == 0);
            case "-" -> -unary();
            case "~" -> ~unary();
            case "+" -> unary();
            case "++", "--" -> stepped(next(), token);
            case "(" -> enclosed();
            default -> isName(token) ? ofVariable(token) : number(token);
        };
    }

    private long enclosed() {
        long value = list();
        if (!skip(")")) {
            throw new NotKnown();
        }
        return value;
    }

    /** The value of a variable before it is counted up or down. */
    private long ofVariable(String name) {
        long value = variable(name);
        if (peek().equals("++") || peek().equals("--")) {
            stepped(name, next());
        }
        return value;
    }

    private long stepped(String name, String operator) {
        return store(name, variable(name) + (operator.equals("++") ? 1 : -1));
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NotKnown();
        }
        return Long.parseLong(text);
    }

    private long variable(String name) {
        ShellVariable variable = state.variables.get(name);
        String value = variable == null || variable.items().isEmpty()
                ? ""
                : variable.items().get(0);
        return value.isBlank() ? 0 : number(value.strip());
    }

    private long store(String name, long value) {
        if (!isName(name)) {
            throw new NotKnown();
        }
        if (skipped == 0) {
            state.set(name, Long.toString(value));
        }
        return value;
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private static boolean isName(String token) {
        return !token.isEmpty() && ShellText.isNameCharacter(token.charAt(0), true);
    }

    /** The next token; empty at the end. */
    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private boolean skip(String token) {
        boolean there = peek().equals(token);
        at += there ? 1 : 0;
        return there;
    }
}
