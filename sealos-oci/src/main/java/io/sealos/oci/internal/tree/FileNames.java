package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files of a stage that may have several. Names belong to the same file if they have the same node.
 */
final class FileNames {
    private final TreeEdit edit;
    // The map is only used for lookups.
    private @Nullable Map<TreeNode, List<List<String>>> names;

    FileNames(TreeEdit edit) {
        this.edit = edit;
    }

    /** Returns the current paths of a file, of which the given one is known. */
    List<List<String>> of(TreeNode file, List<String> known) throws IOException {
        List<List<String>> found = new ArrayList<>();
        for (List<String> path : names().getOrDefault(file, List.of(known))) {
            if (TreePath.find(edit.stage(), path) == file) {
                found.add(path);
            }
        }
        return found;
    }

    /** Records a further name of a file. */
    void add(TreeNode file, List<String> known, List<String> name) {
        if (names != null) {
            names.computeIfAbsent(file, first -> new ArrayList<>(List.of(known)))
                    .add(name);
        }
    }

    /** Records all names of a file that replaces another one. */
    void put(TreeNode file, List<List<String>> all) throws IOException {
        names().put(file, new ArrayList<>(all));
    }

    /** Returns the names in the tree. They are collected by the first call, and updated later. */
    private Map<TreeNode, List<List<String>>> names() throws IOException {
        Map<TreeNode, List<List<String>>> found = names;
        if (found == null) {
            found = new HashMap<>();
            collect(edit.stage(), List.of(), found);
            names = found;
        }
        return found;
    }

    private static void collect(TreeNode directory, List<String> path, Map<TreeNode, List<List<String>>> found)
            throws IOException {
        for (Map.Entry<String, TreeNode> child : directory.children().entrySet()) {
            List<String> below = new ArrayList<>(path);
            below.add(child.getKey());
            TreeNode node = child.getValue();
            if (node.isDirectory()) {
                collect(node, below, found);
            } else if (node.kind() == TreeNode.Kind.FILE && node.content().linkIdentity() != null) {
                found.computeIfAbsent(node, first -> new ArrayList<>()).add(below);
            }
        }
    }
}
