package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns of sources: one name at a time, as Go's filepath.Match; "**" is any number of directories. */
final class Glob {
    private Glob() {}

    /**
     * The paths that match, in the order of the tree; a path without pattern matches itself if it is there. As buildah
     * does it, what matched is matched once more: {@code [[]x]} leads over a file {@code [x]} to a file {@code x}.
     */
    static List<List<String>> expand(TreeNode root, String pattern) throws IOException {
        List<List<String>> found = new ArrayList<>();
        for (List<String> match : expandOnce(root, pattern)) {
            List<List<String>> again =
                    isPattern(String.join("/", match)) ? expandOnce(root, String.join("/", match)) : List.of();
            found.addAll(again.isEmpty() ? List.of(match) : again);
        }
        return found;
    }

    private static List<List<String>> expandOnce(TreeNode root, String pattern) throws IOException {
        List<List<String>> found = List.of(List.of());
        for (String name : TreePath.clean(pattern)) {
            List<List<String>> next = new ArrayList<>();
            for (List<String> path : found) {
                step(root, path, name, next);
            }
            found = next;
        }
        return found;
    }

    private static void step(TreeNode root, List<String> path, String name, List<List<String>> found)
            throws IOException {
        TreeNode node = TreePath.find(root, TreePath.follow(root, path));
        if (node == null || !node.isDirectory()) {
            return;
        }
        if (name.equals("**")) {
            directories(node, path, found);
        } else if (!isPattern(name)) {
            if (node.children().containsKey(name)) {
                found.add(below(path, name));
            }
        } else {
            matches(node, path, matcher(name), found);
        }
    }

    private static void matches(TreeNode node, List<String> path, Pattern matcher, List<List<String>> found)
            throws IOException {
        for (String name : node.children().keySet()) {
            if (matcher.matcher(name).matches()) {
                found.add(below(path, name));
            }
        }
    }

    private static void directories(TreeNode node, List<String> path, List<List<String>> found) throws IOException {
        found.add(path);
        for (Map.Entry<String, TreeNode> child : node.children().entrySet()) {
            if (child.getValue().isDirectory()) {
                directories(child.getValue(), below(path, child.getKey()), found);
            }
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> names = new ArrayList<>(path);
        names.add(name);
        return names;
    }

    /** Whether a path has a sign that stands for others, escaped or not: such a one may match nothing. */
    static boolean hasWildcard(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    static Pattern matcher(String name) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            at = switch (c) {
                case '*' -> append(regex, ".*", at + 1);
                case '?' -> append(regex, ".", at + 1);
                case '[' -> appendClass(name, at + 1, regex);
                case '\\' -> appendLiteral(name, at + 1, regex);
                default -> appendLiteral(name, at, regex);
            };
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw malformed(name);
        }
    }

    private static int append(StringBuilder regex, String text, int next) {
        regex.append(text);
        return next;
    }

    private static int appendLiteral(String name, int at, StringBuilder regex) {
        if (at >= name.length()) {
            throw malformed(name);
        }
        int point = name.codePointAt(at);
        regex.append(Pattern.quote(Character.toString(point)));
        return at + Character.charCount(point);
    }

    private static int appendClass(String name, int start, StringBuilder regex) {
        int at = start;
        boolean negated = at < name.length() && name.charAt(at) == '^';
        at += negated ? 1 : 0;
        StringBuilder ranges = new StringBuilder();
        while (ranges.length() == 0 || (at < name.length() && name.charAt(at) != ']')) {
            at = appendBound(name, at, ranges);
            if (at < name.length() && name.charAt(at) == '-') {
                ranges.append('-');
                at = appendBound(name, at + 1, ranges);
            }
        }
        if (at >= name.length()) {
            throw malformed(name);
        }
        regex.append(negated ? "[^" : "[").append(ranges).append(']');
        return at + 1;
    }

    private static int appendBound(String name, int start, StringBuilder ranges) {
        int at = start < name.length() && name.charAt(start) == '\\' ? start + 1 : start;
        if (at >= name.length() || (at == start && (name.charAt(at) == '-' || name.charAt(at) == ']'))) {
            throw malformed(name);
        }
        int point = name.codePointAt(at);
        ranges.append("\\x{").append(Integer.toHexString(point)).append('}');
        return at + Character.charCount(point);
    }

    private static StepException malformed(String name) {
        return new StepException("the pattern '" + name + "' is malformed; close each '[' with ']', and put a character"
                + " after each '\\'");
    }
}
