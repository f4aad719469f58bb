package io.sealos.images.internal.shell.syntax;

import io.sealos.images.internal.shell.syntax.Word.Parameter;
import io.sealos.images.internal.shell.syntax.Word.Prefix;
import org.jspecify.annotations.Nullable;

/** Parses {@code $X} and <code>${X…}</code>. */
final class ParameterParser {
    private static final String SPECIAL = "@*#?$!-";
    /** The operators. An operator comes before those that are its beginning. */
    private static final String[] OPERATORS = {
        ":-", ":=", ":+", ":?", "##", "%%", "//", "/#", "/%", "^^", ",,", "-", "=", "+", "?", "#", "%", "/", "^", ",",
        ":", "@"
    };

    private final ShellText in;
    private final boolean quoted;

    ParameterParser(ShellText in, boolean quoted) {
        this.in = in;
        this.quoted = quoted;
    }

    /** {@return the parameter; null if the dollar sign is literal, in which case nothing is consumed} */
    @Nullable
    Parameter parse() {
        int start = in.at();
        in.next();
        if (in.peek() == '{') {
            in.next();
            return braced();
        }
        String name = bareName();
        if (name == null) {
            in.back(start, in.line());
            return null;
        }
        return parameter(name, Word.EMPTY, Prefix.NONE, "", Word.EMPTY, Word.EMPTY);
    }

    private @Nullable String bareName() {
        String name = in.name();
        boolean special = name == null && !in.atEnd() && (SPECIAL.indexOf(in.peek()) >= 0 || isDigit(in.peek()));
        return special ? String.valueOf(in.next()) : name;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Parameter braced() {
        Prefix prefix = prefix();
        String name = bracedName();
        Word index = Word.EMPTY;
        if (in.skip("[")) {
            index = new WordParser(in).operand("]", false);
            in.skip("]");
        }
        String operator = operator();
        Word operand = operator.isEmpty() ? Word.EMPTY : new WordParser(in).operand(ends(operator), quoted);
        Word second = Word.EMPTY;
        if (in.peek() != '}' && !in.atEnd() && !operator.isEmpty()) {
            in.next();
            second = new WordParser(in).operand("}", quoted);
        }
        if (!in.skip("}")) {
            throw in.problem("has a ${ that is not understood or has no end");
        }
        return parameter(name, index, prefix, operator, operand, second);
    }

    private static String ends(String operator) {
        return operator.startsWith("/") ? "/}" : operator.equals(":") ? ":}" : "}";
    }

    private Prefix prefix() {
        if (in.peek() == '#' && in.peek(1) != '}' && in.peek(1) != ':' && in.peek(1) != '-') {
            in.next();
            return Prefix.LENGTH;
        }
        if (in.peek() == '!' && ShellText.isNameCharacter(in.peek(1), true)) {
            in.next();
            return Prefix.INDIRECT;
        }
        return Prefix.NONE;
    }

    private String bracedName() {
        if (isDigit(in.peek())) {
            int start = in.at();
            while (isDigit(in.peek())) {
                in.next();
            }
            return in.since(start);
        }
        String name = bareName();
        if (name == null) {
            throw in.problem("has a ${ that is not understood");
        }
        return name;
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (in.skip(operator)) {
                return operator;
            }
        }
        return "";
    }

    private Parameter parameter(String name, Word index, Prefix prefix, String operator, Word first, Word second) {
        return new Parameter(name, index, prefix, operator, first, second, quoted);
    }
}
