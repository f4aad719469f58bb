package io.sealos.images.internal.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a key or name into words. {@code webImageTag}, {@code WEB_IMAGE_TAG} and {@code web.image-tag} have the same
 * words.
 */
final class KeyWords {
    private static final int LONGEST = 200;
    private static final String IMAGE = "image";

    private KeyWords() {}

    /**
     * {@return the words in lower case, without the domain before a slash; empty for a sentence, and for a text that is
     * too long for a name}
     */
    static List<String> of(String name) {
        if (name.length() > LONGEST || name.indexOf(' ') >= 0) {
            return List.of();
        }
        List<String> words = new ArrayList<>(4);
        int start = name.lastIndexOf('/') + 1;
        for (int at = start; at <= name.length(); at++) {
            boolean separator = at == name.length() || !Character.isLetterOrDigit(name.charAt(at));
            if (separator || (at > start && startsWord(name, at))) {
                add(words, name.substring(start, at));
                start = separator ? at + 1 : at;
            }
        }
        return words;
    }

    private static boolean startsWord(String name, int at) {
        boolean upper = Character.isUpperCase(name.charAt(at));
        boolean afterUpper = Character.isUpperCase(name.charAt(at - 1));
        boolean beforeLower = at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
        return upper && (!afterUpper || beforeLower);
    }

    /** Adds a word. A compound with {@code image}, such as {@code baseimage} or {@code imagetag}, is two words. */
    private static void add(List<String> words, String written) {
        String word = written.toLowerCase(Locale.ROOT);
        if (word.length() > IMAGE.length() && word.endsWith(IMAGE)) {
            words.add(word.substring(0, word.length() - IMAGE.length()));
            words.add(IMAGE);
        } else if (word.startsWith(IMAGE) && ImagePart.isWord(word.substring(IMAGE.length()))) {
            words.add(IMAGE);
            words.add(word.substring(IMAGE.length()));
        } else if (!word.isEmpty()) {
            words.add(word);
        }
    }
}
