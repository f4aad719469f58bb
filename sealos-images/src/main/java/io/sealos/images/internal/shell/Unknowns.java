package io.sealos.images.internal.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Marks what is not known inside texts, so that it is known later which argument it spoils and why. A mark is one
 * character of a private range, which texts from outside never bring along.
 */
public final class Unknowns {
    private static final char FIRST = '\uE000';
    private static final int MOST = 0x1000;

    private final List<String> causes = new ArrayList<>();

    Unknowns() {}

    String mark(String cause) {
        int index = causes.indexOf(cause);
        if (index < 0 && causes.size() < MOST) {
            causes.add(cause);
        }
        int known = index < 0 ? causes.size() - 1 : index;
        return String.valueOf((char) (FIRST + known));
    }

    /** Whether a part of the text is not known. */
    public static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isMark(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(int c) {
        return c >= FIRST && c < FIRST + MOST;
    }

    /** Why parts of the text are not known. */
    public String causes(String text) {
        return String.join(
                ", ",
                text.chars()
                        .filter(c -> isMark(c) && c - FIRST < causes.size())
                        .distinct()
                        .mapToObj(c -> causes.get(c - FIRST))
                        .toList());
    }

    /** The text without what is not known. */
    public static String without(String text) {
        if (!in(text)) {
            return text;
        }
        return text.codePoints()
                .filter(c -> !isMark(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
