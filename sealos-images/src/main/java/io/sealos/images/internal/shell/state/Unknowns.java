package io.sealos.images.internal.shell.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Marks unknown values inside texts, so that later it can be determined which argument they affect and why. A mark is
 * one character of a private use area, which is removed from all input.
 */
public final class Unknowns {
    private static final char FIRST = '\uE000';
    private static final int MOST = 0x1000;

    private final List<Unknown> all = new ArrayList<>();

    public Unknowns() {}

    public String mark(String cause) {
        return mark(Unknown.value(cause));
    }

    /** {@return the mark of an unknown value; if there are too many, that of the last one} */
    public String mark(Unknown unknown) {
        int index = all.indexOf(unknown);
        if (index < 0 && all.size() < MOST) {
            all.add(unknown);
        }
        int known = index < 0 ? all.size() - 1 : index;
        return String.valueOf((char) (FIRST + known));
    }

    /** {@return whether a part of the text is not known} */
    public static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isMark(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** {@return the text without the marks of changes by programs} */
    public String withoutChanges(String text) {
        return replaced(text, it -> it.nature() == Unknown.Nature.CHANGE ? "" : mark(it));
    }

    /**
     * {@return whether the value is empty in a shell, like a variable that nothing sets and an argument that is not
     * given}
     */
    private static boolean isEmptyForShell(Unknown unknown) {
        boolean argument = !unknown.source().isEmpty()
                && Character.isDigit(unknown.source().charAt(0));
        return unknown.nature() == Unknown.Nature.VARIABLE || (unknown.nature() == Unknown.Nature.GIVEN && argument);
    }

    /** {@return whether no part of the text is known} */
    public static boolean isAll(String text) {
        return in(text) && without(text).isBlank();
    }

    private static boolean isMark(int c) {
        return c >= FIRST && c < FIRST + MOST;
    }

    /** {@return the unknown values in the text, each once, in the order of the text} */
    public List<Unknown> of(String text) {
        return text.chars()
                .filter(c -> isMark(c) && c - FIRST < all.size())
                .distinct()
                .mapToObj(c -> all.get(c - FIRST))
                .toList();
    }

    /** {@return the reasons why parts of the text are not known} */
    public String causes(String text) {
        return of(text).stream().map(Unknown::cause).distinct().collect(Collectors.joining(", "));
    }

    /** {@return the text with each mark replaced} */
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

    /** {@return the text as in a shell, where a variable that nothing sets is empty} */
    public String withoutVariables(String text) {
        return replaced(text, it -> isEmptyForShell(it) ? "" : mark(it));
    }

    /** {@return the text without the marks} */
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
