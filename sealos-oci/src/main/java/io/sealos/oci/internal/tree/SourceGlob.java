package io.sealos.oci.internal.tree;

import io.sealos.internal.text.GlobPattern;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Expands the patterns of sources one name at a time, like filepath.Glob of Go, which treats two stars as one. */
final class SourceGlob {
    private SourceGlob() {}

    /**
     * Returns the matching paths in the order of the tree. A path without wildcards matches itself if it exists. Like
     * in buildah, each match is expanded once more: {@code [[]x]} matches a file {@code [x]}, which in turn matches a
     * file {@code x}.
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
        List<String> resolved = TreePath.followOrNull(root, path);
        TreeNode node = resolved == null ? null : TreePath.find(root, resolved);
        if (node == null || !node.isDirectory()) {
            return;
        }
        if (!isPattern(name)) {
            if (node.children().containsKey(name)) {
                found.add(below(path, name));
            }
        } else {
            matches(node, path, matcher(name), found);
        }
    }

    private static void matches(TreeNode node, List<String> path, GlobPattern matcher, List<List<String>> found)
            throws IOException {
        for (String name : node.children().keySet()) {
            if (matcher.matches(name)) {
                found.add(below(path, name));
            }
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> names = new ArrayList<>(path);
        names.add(name);
        return names;
    }

    /** Returns whether a path contains a wildcard, escaped or not. Only such a path may match nothing. */
    static boolean hasWildcard(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    private static GlobPattern matcher(String name) {
        try {
            return GlobPattern.ofName(name);
        } catch (IllegalArgumentException e) {
            throw new StepException(
                    "the pattern '" + Printable.of(name) + "' is malformed", String.valueOf(e.getMessage()));
        }
    }
}
