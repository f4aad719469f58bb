package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Whiteouts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Applies the entries of a layer to the tree of the layers below. */
final class LayerOverlay {
    private final TreeNode below;

    private LayerOverlay(TreeNode below) {
        this.below = below;
    }

    /** Adds the entries of a layer to the tree of the lower layers, and removes the entries that it deletes. */
    static void lay(TreeNode layer, TreeNode below) throws IOException {
        new LayerOverlay(below).lay(layer, below, List.of());
    }

    /**
     * Applies a directory to a lower one. Subdirectories that exist in both are merged, and other entries are replaced.
     *
     * @param path the path of the lower directory
     */
    private void lay(TreeNode upper, TreeNode lower, List<String> path) throws IOException {
        takeAway(upper, lower);
        for (Map.Entry<String, TreeNode> entry : upper.children().entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(Whiteouts.PREFIX)) {
                lay(name, entry.getValue(), lower, path);
            }
        }
    }

    private static void takeAway(TreeNode upper, TreeNode lower) throws IOException {
        if (upper.children().containsKey(Whiteouts.OPAQUE)) {
            lower.children().clear();
        }
        for (String name : upper.children().keySet()) {
            if (name.startsWith(Whiteouts.PREFIX)) {
                lower.children().remove(name.substring(Whiteouts.PREFIX.length()));
            }
        }
    }

    private void lay(String name, TreeNode upper, TreeNode parent, List<String> path) throws IOException {
        if (!upper.isDirectory()) {
            parent.children().put(name, upper);
            return;
        }
        List<String> inner = new ArrayList<>(path);
        inner.add(name);
        // The entries of a directory without an entry of its own are added through a link, if there is one.
        List<String> place = upper.isImplied() ? TreePath.follow(below, inner) : inner;
        TreeNode found = TreePath.find(below, place);
        if (found == null || !found.isDirectory()) {
            TreeNode made = upper.withoutChildren().withAttributes(upper.mode(), upper.owner());
            parent.children().put(name, made);
            lay(upper, made, inner);
        } else if (upper.isImplied()) {
            lay(upper, found, place);
        } else {
            TreeNode changed = upper.withChildrenOf(found);
            parent.children().put(name, changed);
            lay(upper, changed, inner);
        }
    }
}
