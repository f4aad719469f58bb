package io.sealos.images.internal.shell.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Marks what is not known inside texts, so that it is known later which argument it spoils and why. A mark is one
 * character of a private range, which texts from outside never bring along.
 */
public final class Unknowns {
    private static final char FIRST = '\uE000';
    private static final int MOST = 0x1000;

    private final List<Unknown> all = new ArrayList<>();

    public Unknowns() {}

    public String mark(String cause) {
        return mark(Unknown.value(cause));
    }

    /** The mark of something that is not known; of the last one where there are too many. */
    public String mark(Unknown unknown) {
        int index = all.indexOf(unknown);
        if (index < 0 && all.size() < MOST) {
            all.add(unknown);
        }
        int known = index < 0 ? all.size() - 1 : index;
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

    /** The text without the marks of what a program changes. */
    public String withoutChanges(String text) {
        return replaced(text, it -> it.nature() == Unknown.Nature.CHANGE ? "" : mark(it));
    }

    /** Of a variable that nothing sets, and of an argument that is not given. */
    private static boolean isEmptyForShell(Unknown unknown) {
        boolean argument = !unknown.source().isEmpty()
                && Character.isDigit(unknown.source().charAt(0));
        return unknown.nature() == Unknown.Nature.VARIABLE || (unknown.nature() == Unknown.Nature.GIVEN && argument);
    }

    /** Whether nothing of the text is known. */
    public static boolean isAll(String text) {
        return in(text) && without(text).isBlank();
    }

    private static boolean isMark(int c) {
        return c >= FIRST && c < FIRST + MOST;
    }

    /** The unknown parts of the text, each once, in the order of the text. */
    public List<Unknown> of(String text) {
        return text.chars()
                .filter(c -> isMark(c) && c - FIRST < all.size())
                .distinct()
                .mapToObj(c -> all.get(c - FIRST))
                .toList();
    }

    /** Why parts of the text are not known. */
    public String causes(String text) {
        return of(text).stream().map(Unknown::cause).distinct().collect(Collectors.joining(", "));
    }

    /** The text with something else in the place of each mark. */
    public String replaced(String text, Function<Unknown, String> by) {
        if (!in(text)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            replaced.append(isMark(c) && c - FIRST < all.size() ? by.apply(all.get(c - FIRST)) : String.valueOf(c));
        }
        return replaced.toString();
    }

    /** The text as a shell has it: a variable that nothing sets is empty. */
    public String withoutVariables(String text) {
        return replaced(text, it -> isEmptyForShell(it) ? "" : mark(it));
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
