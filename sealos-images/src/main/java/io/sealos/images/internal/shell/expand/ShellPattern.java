package io.sealos.images.internal.shell.expand;

import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ScratchFiles;
import io.sealos.internal.text.GlobPattern;
import java.util.ArrayList;
import java.util.List;

/** Shell patterns with {@code *}, {@code ?}, {@code [a-z]}, and a backslash before literal characters. */
public final class ShellPattern {
    private static final int MOST = 1000;

    private ShellPattern() {}

    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    public static String quote(String text) {
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

    /** {@return whether the pattern matches the whole text} */
    public static boolean matches(String pattern, String text) {
        return GlobPattern.ofShell(pattern).matches(text);
    }

    /** {@return the files that match the pattern, relative to the directory; empty if none do} */
    public static List<String> files(String pattern, String directory, ScratchFiles files) {
        List<String> found = new ArrayList<>(List.of(pattern.startsWith("/") ? "/" : ""));
        for (String name : pattern.split("/", -1)) {
            List<String> next = new ArrayList<>();
            for (String start : found) {
                addMatches(next, start, name, directory, files);
            }
            found = next.subList(0, Math.min(next.size(), MOST));
        }
        found.removeIf(String::isEmpty);
        return found;
    }

    private static void addMatches(List<String> next, String start, String name, String directory, ScratchFiles files) {
        String prefix = start.isEmpty() || start.endsWith("/") ? start : start + "/";
        if (name.isEmpty()) {
            boolean isDirectory = start.isEmpty()
                    || !files.names(ImagePath.resolve(directory, start)).isEmpty();
            next.addAll(isDirectory ? List.of(prefix) : List.of());
        } else if (!isPattern(name)) {
            String path = prefix + unquote(name);
            if (files.exists(ImagePath.resolve(directory, path))) {
                next.add(path);
            }
        } else {
            GlobPattern glob = GlobPattern.ofShell(name);
            files.names(ImagePath.resolve(directory, start)).stream()
                    .filter(it -> (!it.startsWith(".") || name.startsWith(".")) && glob.matches(it))
                    .forEach(it -> next.add(prefix + it));
        }
    }
}
