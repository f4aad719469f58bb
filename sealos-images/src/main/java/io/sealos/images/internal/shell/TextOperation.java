package io.sealos.images.internal.shell;

import java.util.Locale;

/** What <code>${X#…}</code>, <code>${X/…/…}</code> and their kin make of a value. */
final class TextOperation {
    private static final int LONGEST = 20_000;

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
            case "^^" -> value.toUpperCase(Locale.ROOT);
            case ",," -> value.toLowerCase(Locale.ROOT);
            case ":" -> part(value, first, second);
            default -> value;
        };
    }

    private static String withoutPrefix(String value, String pattern, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int end = longest ? value.length() - i : i;
            if (Glob.matches(pattern, value.substring(0, end))) {
                return value.substring(end);
            }
        }
        return value;
    }

    private static String withoutSuffix(String value, String pattern, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int start = longest ? i : value.length() - i;
            if (Glob.matches(pattern, value.substring(start))) {
                return value.substring(0, start);
            }
        }
        return value;
    }

    private static String replace(String value, String pattern, String replacement, boolean all) {
        String plain = Glob.unquote(pattern);
        if (plain.isEmpty() || Glob.isPattern(pattern)) {
            return value;
        }
        int at = value.indexOf(plain);
        return all || at < 0
                ? value.replace(plain, replacement)
                : value.substring(0, at) + replacement + value.substring(at + plain.length());
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
