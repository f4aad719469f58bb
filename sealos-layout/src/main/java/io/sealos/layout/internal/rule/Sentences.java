package io.sealos.layout.internal.rule;

import java.util.Locale;

/** Makes a sentence of another module the second half of a finding's line. */
final class Sentences {
    private Sentences() {}

    static String fix(String sentence) {
        String text = sentence.strip();
        boolean keyword = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        String start = keyword ? text.substring(0, 1) : text.substring(0, 1).toLowerCase(Locale.ROOT);
        String rest = text.substring(1);
        return start + (rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest);
    }
}
