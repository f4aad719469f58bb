package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Whiteouts;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Creates the layer that changes one tree into another. Neither tree is changed. */
final class TreeDiff {
    private final TreeNode wanted;
    /** The files of the layer that may have further names in the wanted tree. Only used for lookups. */
    private final Set<TreeNode> added = new HashSet<>();

    private boolean changed;

    private TreeDiff(TreeNode wanted) {
        this.wanted = wanted;
    }

    /** Returns the layer that changes a tree into the wanted one; null if both are equal. */
    static @Nullable TreeNode between(TreeNode actual, TreeNode wanted) throws IOException {
        TreeDiff diff = new TreeDiff(wanted);
        TreeNode layer = TreeNode.impliedDirectory();
        diff.compare(actual, wanted, layer);
        if (!diff.changed) {
            return null;
        }
        diff.addOtherNames(diff.wanted, layer);
        return layer;
    }

    /** Returns whether two entries are equal, apart from the entries of directories. */
    static boolean isSame(TreeNode one, TreeNode other) throws IOException {
        return one == other || (hasSameAttributes(one, other) && hasSameValue(one, other));
    }

    private static boolean hasSameAttributes(TreeNode one, TreeNode other) {
        return one.kind() == other.kind()
                && one.mode() == other.mode()
                && one.owner().equals(other.owner())
                && one.knownAttributes().equals(other.knownAttributes());
    }

    private static boolean hasSameValue(TreeNode one, TreeNode other) throws IOException {
        return switch (one.kind()) {
            case DIRECTORY -> true;
            case FILE -> isSame(one.content(), other.content());
            case SYMLINK -> one.target().equals(other.target());
            default -> one.device().equals(other.device());
        };
    }

    private static boolean isSame(Content one, Content other) throws IOException {
        return one.equals(other) || (one.identity() != null && Objects.equals(one.identity(), other.identity()));
    }

    private void compare(TreeNode actual, TreeNode target, TreeNode layer) throws IOException {
        TreeSet<String> names = new TreeSet<>(actual.children().keySet());
        names.addAll(target.children().keySet());
        for (String name : names) {
            compare(name, actual.children().get(name), target.children().get(name), layer);
        }
    }

    private void compare(String name, @Nullable TreeNode actual, @Nullable TreeNode target, TreeNode layer)
            throws IOException {
        if (target == null) {
            put(layer, Whiteouts.PREFIX + name, whiteout());
        } else if (actual == null || actual.isDirectory() != target.isDirectory()) {
            put(layer, name, add(target));
        } else if (target.isDirectory()) {
            TreeNode directory = isSame(actual, target) ? TreeNode.impliedDirectory() : target.withoutChildren();
            changed |= !directory.isImplied();
            compare(actual, target, directory);
            if (!directory.isImplied() || !directory.children().isEmpty()) {
                layer.children().put(name, directory);
            }
        } else if (!isSame(actual, target)) {
            put(layer, name, add(target));
        }
    }

    private void put(TreeNode layer, String name, TreeNode entry) throws IOException {
        changed = true;
        layer.children().put(name, entry);
    }

    private TreeNode add(TreeNode target) throws IOException {
        if (!target.isDirectory()) {
            added.add(target);
            return target;
        }
        TreeNode directory = target.withoutChildren();
        for (Map.Entry<String, TreeNode> child : target.children().entrySet()) {
            directory.children().put(child.getKey(), add(child.getValue()));
        }
        return directory;
    }

    /** Adds the other names of files, which would otherwise no longer be hard links to them. */
    private void addOtherNames(TreeNode target, TreeNode layer) throws IOException {
        for (Map.Entry<String, TreeNode> entry : target.children().entrySet()) {
            TreeNode node = entry.getValue();
            if (node.isDirectory()) {
                TreeNode known = layer.children().get(entry.getKey());
                TreeNode directory = known == null ? TreeNode.impliedDirectory() : known;
                addOtherNames(node, directory);
                if (known == null && !directory.children().isEmpty()) {
                    layer.children().put(entry.getKey(), directory);
                }
            } else if (added.contains(node)) {
                layer.children().put(entry.getKey(), node);
            }
        }
    }

    static TreeNode whiteout() {
        return TreeNode.file(VirtualTree.FILE_MODE, TreeNode.ROOT, new EmptyContent());
    }
}
