package io.sealos.kubefile;

import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.internal.ignore.IgnorePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Compares ignore rules with a slow matcher that tries every way, for Jazzer: see the profile {@code fuzz}. */
public final class IgnoreRulesFuzzer {
    private static final int LONGEST = 20;

    private IgnoreRulesFuzzer() {}

    /** Called by Jazzer: lines of patterns, an empty line, the path. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        String path = end < 0 ? text : text.substring(end + 2);
        String patterns = end < 0 ? "" : text.substring(0, end);
        try {
            boolean excluded = IgnoreRules.parse(patterns).isExcluded(path);
            compare(patterns, path, excluded);
        } catch (IgnoreSyntaxException e) {
            require(!String.valueOf(e.getMessage()).contains("\u001b"), "a control character in the message");
        }
        GlobPattern.ofShell(text).matches(path);
        GlobPattern.ofShell(patterns).end(path, 0, true);
        GlobPattern.ofShell(patterns).start(path, false);
    }

    private static void compare(String patterns, String path, boolean excluded) {
        if (path.length() > LONGEST || patterns.length() > LONGEST || patterns.indexOf('!') >= 0) {
            return;
        }
        boolean expected = false;
        for (String line : patterns.split("\n", -1)) {
            if (!line.startsWith("#") && IgnorePattern.of(line).isPresent()) {
                String pattern = IgnorePattern.of(line).get().text();
                String read = pattern.startsWith("\uFEFF") ? pattern.substring(1) : pattern;
                expected |= new SlowMatcher(read, path).matches(0, 0);
            }
        }
        require(excluded == expected, "'" + path + "' is " + (excluded ? "" : "not ") + "excluded by " + patterns);
    }

    /** Reads the pattern anew at each place and tries all that follows: exponential, and plain. */
    private record SlowMatcher(String pattern, String path) {
        boolean matches(int at, int place) {
            if (at == pattern.length()) {
                return place == path.length()
                        || (path.charAt(place) == '/' && path.indexOf('\n', place) < 0);
            }
            char c = pattern.charAt(at);
            if (pattern.startsWith("**", at)) {
                return directories(at + (pattern.startsWith("**/", at) ? 3 : 2), place);
            }
            if (c == '*') {
                return many(at + 1, place);
            }
            if (place == path.length()) {
                return false;
            }
            int point = path.codePointAt(place);
            int next = place + Character.charCount(point);
            return switch (c) {
                case '?' -> point != '/' && matches(at + 1, next);
                case '[' -> classMatches(at, place, point);
                case '\\' -> point == pattern.codePointAt(at + 1)
                        && matches(at + 1 + Character.charCount(point), next);
                default -> point == pattern.codePointAt(at) && matches(at + Character.charCount(point), next);
            };
        }

        private boolean directories(int at, int place) {
            if (matches(at, place) && at != pattern.length()) {
                return true;
            }
            for (int end = place; end <= path.length(); end++) {
                boolean boundary = at == pattern.length() || (end > place && path.charAt(end - 1) == '/');
                if (boundary && matches(at, end)) {
                    return true;
                }
                if (end < path.length() && path.charAt(end) == '\n') {
                    return false;
                }
            }
            return false;
        }

        private boolean many(int at, int place) {
            for (int end = place; end <= path.length(); end++) {
                if (matches(at, end)) {
                    return true;
                }
                if (end < path.length() && path.charAt(end) == '/') {
                    return false;
                }
            }
            return false;
        }

        private boolean classMatches(int start, int place, int point) {
            List<int[]> ranges = new ArrayList<>();
            boolean negated = pattern.startsWith("^", start + 1);
            int at = start + (negated ? 2 : 1);
            while (ranges.isEmpty() || pattern.charAt(at) != ']') {
                at += pattern.charAt(at) == '\\' ? 1 : 0;
                int from = pattern.codePointAt(at);
                at += Character.charCount(from);
                int to = from;
                if (pattern.charAt(at) == '-') {
                    at += pattern.charAt(at + 1) == '\\' ? 2 : 1;
                    to = pattern.codePointAt(at);
                    at += Character.charCount(to);
                }
                ranges.add(new int[] {from, to});
            }
            boolean member = ranges.stream().anyMatch(it -> it[0] <= point && point <= it[1]);
            return member != negated && matches(at + 1, place + Character.charCount(point));
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
