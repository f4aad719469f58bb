package io.sealos.images.internal.template;

import java.util.ArrayList;
import java.util.List;

/**
 * An action of a manifest template, which is the text between double braces.
 *
 * @param start the index after the opening braces
 * @param end the index of the closing braces
 * @param text the text
 */
record ManifestAction(int start, int end, String text) {
    /** {@return the actions of a template, without comments and without an action that does not end} */
    static List<ManifestAction> of(String template) {
        List<ManifestAction> actions = new ArrayList<>();
        int open = template.indexOf("{{");
        while (open >= 0) {
            int start = open + 2;
            boolean comment = template.startsWith("/*", start) || template.startsWith("- /*", start);
            int end = comment ? template.indexOf("}}", template.indexOf("*/", start)) : end(template, start);
            if (end < 0 || (comment && template.indexOf("*/", start) < 0)) {
                return actions;
            }
            if (!comment) {
                actions.add(new ManifestAction(start, end, template.substring(start, end)));
            }
            open = template.indexOf("{{", end + 2);
        }
        return actions;
    }

    private static int end(String template, int start) {
        int at = start;
        while (at < template.length()) {
            if (template.startsWith("}}", at)) {
                return at;
            }
            at = after(template, at);
        }
        return -1;
    }

    /** {@return the index after a character, or after a quoted text} */
    static int after(String text, int at) {
        char quote = text.charAt(at);
        if (quote != '"' && quote != '\'' && quote != '`') {
            return at + 1;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.min(text.length(), end + 1);
    }

    /** {@return the first word, such as {@code if}; an empty string if there is none} */
    String keyword() {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '-' || Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    /** {@return the text with quoted parts replaced with blanks} */
    String unquoted() {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int next = after(text, at);
            plain.append(next == at + 1 ? text.substring(at, next) : " ".repeat(next - at));
            at = next;
        }
        return plain.toString();
    }
}
