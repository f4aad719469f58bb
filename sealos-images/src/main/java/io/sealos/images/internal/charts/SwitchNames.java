package io.sealos.images.internal.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognizes booleans that switch a part of a chart on or off, by the words of their names. */
final class SwitchNames {
    private static final Set<String> FIRST = Set.of(
            "activate",
            "add",
            "bundle",
            "create",
            "deploy",
            "enable",
            "include",
            "install",
            "provision",
            "run",
            "start",
            "use",
            "with");
    private static final Set<String> LAST = Set.of(
            "active",
            "activated",
            "bundled",
            "create",
            "created",
            "deploy",
            "deployed",
            "enable",
            "enabled",
            "include",
            "included",
            "install",
            "installed",
            "provisioned");
    private static final Set<String> INVERSE = Set.of("disable", "disabled", "skip", "omit", "exclude", "excluded");

    private SwitchNames() {}

    /**
     * {@return whether a key is called like a switch, such as {@code enabled}, {@code installCRDs}, {@code use_tls}}
     */
    static boolean isSwitch(String key) {
        List<String> words = words(key);
        return !words.isEmpty()
                && (FIRST.contains(words.get(0)) || LAST.contains(words.get(words.size() - 1)) || isInverse(key));
    }

    /** {@return whether {@code true} switches something off, such as {@code disabled}} */
    static boolean isInverse(String key) {
        List<String> words = words(key);
        return !words.isEmpty() && (INVERSE.contains(words.get(0)) || INVERSE.contains(words.get(words.size() - 1)));
    }

    /** {@return the words of a name in camel case, or with separators, in lower case} */
    private static List<String> words(String key) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean starts = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(key.charAt(i - 1));
            if ((starts || !Character.isLetterOrDigit(c)) && !word.isEmpty()) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
