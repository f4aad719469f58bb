package io.sealos.images.internal.shell.expand;

import io.sealos.images.internal.shell.state.LimitedText;
import io.sealos.internal.text.GlobPattern;
import java.util.List;
import java.util.Locale;

/** Applies <code>${X#…}</code>, <code>${X/…/…}</code> and the other text operators to a value. */
final class TextOperation {
    private static final int LONGEST = 20_000;
    private static final int LONGEST_FIT = 1000;

    private TextOperation() {}

    static String apply(String operator, String value, String first, String second) {
        if (value.length() > LONGEST) {
            return value;
        }
        return switch (operator) {
            case "#" -> withoutPrefix(value, first, false);
            case "##" -> withoutPrefix(value, first, true);
            case "%" -> withoutSuffix(value, first, false);
            case "%%" -> withoutSuffix(value, first, true);
            case "/", "/#", "/%" -> replace(value, first, second, false);
            case "//" -> replace(value, first, second, true);
            case "^" -> value.isEmpty() ? value : value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
            case "," -> value.isEmpty() ? value : value.substring(0, 1).toLowerCase(Locale.ROOT) + value.substring(1);
            case "^^" -> value.toUpperCase(Locale.ROOT);
            case ",," -> value.toLowerCase(Locale.ROOT);
            case ":" -> part(value, first, second);
            default -> value;
        };
    }

    private static String withoutPrefix(String value, String pattern, boolean longest) {
        return value.substring(Math.max(0, GlobPattern.ofShell(pattern).end(value, 0, longest)));
    }

    private static String withoutSuffix(String value, String pattern, boolean longest) {
        int start = GlobPattern.ofShell(pattern).start(value, longest);
        return start < 0 ? value : value.substring(0, start);
    }

    /** {@return the value with the first, longest match replaced, or all such matches} */
    private static String replace(String value, String pattern, String replacement, boolean all) {
        String plain = ShellPattern.unquote(pattern);
        if (plain.isEmpty() || (ShellPattern.isPattern(pattern) && value.length() > LONGEST_FIT)) {
            return value;
        }
        GlobPattern glob = GlobPattern.ofShell(pattern);
        LimitedText replaced = new LimitedText();
        boolean done = false;
        int at = 0;
        while (at < value.length()) {
            int end = done
                    ? -1
                    : ShellPattern.isPattern(pattern) ? glob.end(value, at, true) : plainEnd(value, at, plain);
            replaced.append(end > at ? replacement : value.substring(at, at + 1));
            done |= end > at && !all;
            at = Math.max(end, at + 1);
        }
        return replaced.whole().orElse(value);
    }

    private static int plainEnd(String value, int start, String plain) {
        return value.startsWith(plain, start) ? start + plain.length() : -1;
    }

    /** {@return a part of the items, as for {@code ${@:2}} and <code>${list[@]:1:2}</code>} */
    static List<String> part(List<String> items, String from, String count, boolean arguments) {
        int start = number(from.strip(), 0) - (arguments ? 1 : 0);
        int begin = Math.max(0, Math.min(items.size(), start < 0 && !arguments ? items.size() + start : start));
        int end = (int) Math.min(items.size(), (long) begin + number(count.strip(), items.size()));
        return items.subList(begin, Math.max(begin, end));
    }

    private static String part(String value, String from, String length) {
        int start = number(from.strip(), 0);
        int begin = Math.max(0, Math.min(value.length(), start < 0 ? value.length() + start : start));
        int count = length.isBlank() ? value.length() : number(length.strip(), value.length());
        int end = count < 0 ? value.length() + count : (int) Math.min(value.length(), (long) begin + count);
        return end <= begin ? "" : value.substring(begin, end);
    }

    private static int number(String text, int otherwise) {
        return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
