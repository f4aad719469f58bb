package io.sealos.kubefile;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One line of an ignore file, as moby's patternmatcher reads it. */
final class IgnorePattern {
    private final String text;
    private final boolean excludes;
    private final Pattern regex;

    private IgnorePattern(String text, boolean excludes, Pattern regex) {
        this.text = text;
        this.excludes = excludes;
        this.regex = regex;
    }

    static Optional<IgnorePattern> of(String line, String place) {
        String unmarked = line.startsWith("\uFEFF") ? line.substring(1) : line;
        String pattern = trimSlashes(unmarked).trim();
        boolean excludes = !pattern.startsWith("!");
        String text = excludes ? pattern : pattern.substring(1).trim();
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            throw new IgnoreSyntaxException(place, line);
        }
        String clean = clean(text);
        try {
            return Optional.of(new IgnorePattern(clean, excludes, Pattern.compile(regex(clean), Pattern.DOTALL)));
        } catch (PatternSyntaxException e) {
            throw new IgnoreSyntaxException(place, line);
        }
    }

    String text() {
        return text;
    }

    boolean excludes() {
        return excludes;
    }

    /**
     * Whether the pattern matches the path, or the parent of it that has as many names as the pattern: a parent any
     * deeper or higher is none of a pattern's business.
     */
    boolean matchesOrCovers(String path) {
        if (matches(path)) {
            return true;
        }
        int end = -1;
        for (int name = 0; name < depth(); name++) {
            end = path.indexOf('/', end + 1);
            if (end < 0) {
                return false;
            }
        }
        return matches(path.substring(0, end));
    }

    private long depth() {
        return text.chars().filter(c -> c == '/').count() + 1;
    }

    private boolean matches(String path) {
        return regex.matcher(path).matches();
    }

    private static String trimSlashes(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '/') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(start, end);
    }

    // A path that climbs out of the context stays as it is and matches nothing.
    private static String clean(String pattern) {
        String joined = PathNames.join("", pattern).substring(1);
        return pattern.startsWith("../") || pattern.equals("..") ? pattern : joined.isEmpty() ? "." : joined;
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < pattern.length(); ) {
            at = appendPart(pattern, at, regex);
        }
        return regex.toString();
    }

    private static int appendPart(String pattern, int at, StringBuilder regex) {
        char c = pattern.charAt(at);
        if (pattern.startsWith("**", at)) {
            return appendDoubleStar(pattern, at + 2, regex);
        }
        switch (c) {
            case '*' -> regex.append("[^/]*");
            case '?' -> regex.append("[^/]");
            case '[' -> {
                return appendClass(pattern, at, regex);
            }
            case '\\' -> {
                int next = Math.min(at + 1, pattern.length() - 1);
                regex.append(Pattern.quote(pattern.substring(next, next + 1)));
                return at + 2;
            }
            default -> regex.append(Pattern.quote(Character.toString(c)));
        }
        return at + 1;
    }

    private static int appendDoubleStar(String pattern, int at, StringBuilder regex) {
        int next = pattern.startsWith("/", at) ? at + 1 : at;
        regex.append(next == pattern.length() ? ".*" : "(?:.*/)?");
        return next;
    }

    private static int appendClass(String pattern, int at, StringBuilder regex) {
        int close = pattern.indexOf(']', at + 1);
        if (close < 0) {
            throw new PatternSyntaxException("unclosed class", pattern, at);
        }
        String members = pattern.substring(at + 1, close);
        regex.append('[')
                .append(members.replace("[", "\\[").replace("&&", "&\\&"))
                .append(']');
        return close + 1;
    }
}
