package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.tree.FileCopy.Source;
import io.sealos.oci.internal.tree.FileCopy.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the sources of a COPY. Links are followed inside the tree, and ignored paths are marked. */
final class Sources {
    private final SourceTree tree;

    Sources(SourceTree tree) {
        this.tree = tree;
    }

    /**
     * Returns all matches. A pattern may match nothing if another source exists, but a name without wildcards must
     * exist.
     */
    List<Source> find(List<String> patterns) throws IOException {
        List<Source> found = new ArrayList<>();
        List<StepException> unmatched = new ArrayList<>();
        for (String pattern : patterns) {
            List<List<String>> paths = expand(pattern, unmatched);
            if (!paths.isEmpty()) {
                found.addAll(matches(pattern, paths));
            }
        }
        if (found.isEmpty()) {
            throw unmatched.get(0);
        }
        return found;
    }

    private List<List<String>> expand(String pattern, List<StepException> unmatched) throws IOException {
        StepException reason;
        try {
            List<List<String>> paths = SourceGlob.expand(tree.root(), pattern);
            if (!paths.isEmpty()) {
                return paths;
            }
            reason = new StepException(
                    "there is no '" + pattern + "' in " + tree.name(),
                    NearNames.suggestion(tree.root(), TreePath.clean(pattern)).orElse(tree.fix()));
        } catch (StepException e) {
            reason = e; // Like in buildah, a malformed pattern matches nothing.
        }
        if (!SourceGlob.hasWildcard(pattern)) {
            throw reason;
        }
        unmatched.add(reason);
        return List.of();
    }

    private List<Source> matches(String pattern, List<List<String>> paths) throws IOException {
        List<Source> found = new ArrayList<>();
        for (List<String> path : paths) {
            found.add(source(path));
        }
        if (found.stream().allMatch(Source::excluded)) {
            throw new StepException(
                    "'" + pattern + "' is in " + tree.name() + ", but the ignore file excludes it",
                    "add '!" + pattern + "' there or copy something else");
        }
        return found;
    }

    private Source source(List<String> path) throws IOException {
        List<String> resolved = TreePath.followLast(tree.root(), path);
        TreeNode node = TreePath.find(tree.root(), TreePath.followParent(tree.root(), resolved));
        if (node == null) {
            throw new StepException(
                    "'" + String.join("/", path) + "' is a symbolic link to '" + String.join("/", resolved)
                            + "', which is not in " + tree.name(),
                    "put its target there, or replace it with a file");
        }
        return new Source(path, resolved, node, isExcludedSource(path, String.join("/", resolved), node));
    }

    // A file is copied if neither its name nor that of its target is excluded.
    private boolean isExcludedSource(List<String> path, String resolved, TreeNode node) throws IOException {
        String name = String.join("/", path);
        boolean excluded = !name.isEmpty() && tree.ignored().isExcluded(name);
        if (!node.isDirectory()) {
            return excluded || tree.ignored().isExcluded(resolved);
        }
        return excluded && (!tree.ignored().mayIncludeInSource(name) || !includesBelow(resolved, node));
    }

    // An excluded directory is copied if something below it is included again.
    private boolean isExcluded(String path, TreeNode node) throws IOException {
        if (!tree.ignored().isExcluded(path)) {
            return false;
        }
        return !node.isDirectory() || !tree.ignored().mayIncludeBelow(path) || !includesBelow(path, node);
    }

    private boolean includesBelow(String path, TreeNode directory) throws IOException {
        for (Map.Entry<String, TreeNode> entry : directory.children().entrySet()) {
            if (!isExcluded(path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey(), entry.getValue())) {
                return true;
            }
        }
        return false;
    }
}
