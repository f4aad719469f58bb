package io.sealos.kubefile;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The expansion that sealos does itself: {@code $(X)}, <code>${X}</code>, {@code $X}, and {@code $$} for one dollar.
 */
final class DollarExpansion {
    static final int LONGEST = 4 << 20;

    private final String text;
    private final Function<String, @Nullable String> variables;
    private final StringBuilder result = new StringBuilder();
    private final Map<Character, Integer> nothingFrom = new HashMap<>();
    private int at;

    DollarExpansion(String text, Function<String, @Nullable String> variables) {
        this.text = text;
        this.variables = variables;
    }

    static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("the commands of the image expand to more than " + LONGEST
                + " characters; set shorter values, or put the commands into a script");
    }

    String expand() {
        for (at = 0; at < text.length(); ) {
            int dollar = text.indexOf('$', at);
            int end = dollar < 0 ? text.length() : dollar;
            result.append(text, at, end);
            at = end;
            if (dollar >= 0) {
                readDollar();
            }
        }
        return result.toString();
    }

    private void readDollar() {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int close = next == '(' ? closing(')') : next == '{' ? closing('}') : -1;
        if (next == '$') {
            result.append('$');
            at += 2;
        } else if (close >= 0) {
            appendValue(text.substring(at + 2, close));
            at = close + 1;
        } else {
            readBareName();
        }
    }

    /** Looked for once where there is none any more: a text may have many that open. */
    private int closing(char close) {
        if (at >= nothingFrom.getOrDefault(close, Integer.MAX_VALUE)) {
            return -1;
        }
        int found = text.indexOf(close, at);
        if (found < 0) {
            nothingFrom.put(close, at);
        }
        return found;
    }

    private void readBareName() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end == at + 1) {
            result.append('$');
        } else {
            appendValue(text.substring(at + 1, end));
        }
        at = end;
    }

    // What is not known stays, in a form that the shell will take for a command to run.
    private void appendValue(String name) {
        String value = variables.apply(name);
        result.append(value == null ? "$(" + name + ")" : value);
        if (result.length() > LONGEST) {
            throw tooLong();
        }
    }
}
