package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Whiteouts;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes the whiteouts of a layer that would delete files of other images. */
final class KeptFiles {
    private KeptFiles() {}

    /**
     * Returns the entries of a layer without the whiteouts that delete files of a tree; null if there are none.
     *
     * @param below the tree in the place of the directory; null if it has no such directory
     */
    static @Nullable TreeNode without(TreeNode layer, @Nullable TreeNode below) throws IOException {
        if (below == null || !below.isDirectory()) {
            return null;
        }
        TreeNode changed = null;
        for (Map.Entry<String, TreeNode> entry : layer.children().entrySet()) {
            String name = entry.getKey();
            TreeNode inner = entry.getValue().isDirectory()
                    ? without(entry.getValue(), below.children().get(name))
                    : null;
            boolean deletes = deletes(name, below);
            if (inner != null || deletes) {
                changed = changed == null ? copyOf(layer) : changed;
                if (deletes) {
                    changed.children().remove(name);
                } else {
                    changed.children().put(name, inner);
                }
            }
        }
        return changed;
    }

    private static TreeNode copyOf(TreeNode directory) throws IOException {
        TreeNode copy = directory.withoutChildren();
        copy.children().putAll(directory.children());
        return copy;
    }

    private static boolean deletes(String name, TreeNode below) throws IOException {
        if (name.equals(Whiteouts.OPAQUE)) {
            return !below.children().isEmpty();
        }
        return name.startsWith(Whiteouts.PREFIX)
                && below.children().containsKey(name.substring(Whiteouts.PREFIX.length()));
    }
}
