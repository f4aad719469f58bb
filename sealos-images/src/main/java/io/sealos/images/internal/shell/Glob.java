package io.sealos.images.internal.shell;

import java.util.ArrayList;
import java.util.List;

/** Shell patterns: {@code *}, {@code ?}, {@code [a-z]}, a backslash before what stands for itself. */
public final class Glob {
    private static final int MOST = 1000;

    private Glob() {}

    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append("*?[\\".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return quoted.toString();
    }

    static String unquote(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            i += pattern.charAt(i) == '\\' && i + 1 < pattern.length() ? 1 : 0;
            text.append(pattern.charAt(i));
        }
        return text.toString();
    }

    /** Whether the whole text fits, in time that grows with the product of the lengths at worst. */
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            int end = p < pattern.length() ? fits(pattern, p, text.charAt(t)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (end > 0) {
                p = end;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The place after the element of the pattern that fits the character; -1 if it does not. */
    private static int fits(String pattern, int at, char c) {
        char element = pattern.charAt(at);
        if (element == '?') {
            return at + 1;
        }
        if (element == '[' && pattern.indexOf(']', at + 2) > 0) {
            return bracket(pattern, at, c);
        }
        int literal = element == '\\' && at + 1 < pattern.length() ? at + 1 : at;
        return pattern.charAt(literal) == c ? literal + 1 : -1;
    }

    private static int bracket(String pattern, int at, char c) {
        int end = pattern.indexOf(']', at + 2);
        boolean not = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean found = false;
        for (int i = at + (not ? 2 : 1); i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            found |= range ? c >= pattern.charAt(i) && c <= pattern.charAt(i + 2) : c == pattern.charAt(i);
            i += range ? 2 : 0;
        }
        return found == not ? -1 : end + 1;
    }

    /** The files that the pattern means, seen from the folder; none if it means none. */
    public static List<String> files(String pattern, String folder, ScratchFiles files) {
        List<String> found = new ArrayList<>(List.of(pattern.startsWith("/") ? "/" : ""));
        for (String name : pattern.split("/", -1)) {
            List<String> next = new ArrayList<>();
            for (String start : found) {
                addMatches(next, start, name, folder, files);
            }
            found = next.subList(0, Math.min(next.size(), MOST));
        }
        found.removeIf(String::isEmpty);
        return found;
    }

    private static void addMatches(List<String> next, String start, String name, String folder, ScratchFiles files) {
        String prefix = start.isEmpty() || start.endsWith("/") ? start : start + "/";
        if (name.isEmpty()) {
            boolean isFolder = start.isEmpty()
                    || !files.names(ImagePath.resolve(folder, start)).isEmpty();
            next.addAll(isFolder ? List.of(prefix) : List.of());
        } else if (!isPattern(name)) {
            String path = prefix + unquote(name);
            if (files.exists(ImagePath.resolve(folder, path))) {
                next.add(path);
            }
        } else {
            files.names(ImagePath.resolve(folder, start)).stream()
                    .filter(it -> (!it.startsWith(".") || name.startsWith(".")) && matches(name, it))
                    .forEach(it -> next.add(prefix + it));
        }
    }
}
