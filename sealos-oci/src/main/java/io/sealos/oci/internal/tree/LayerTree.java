package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import java.util.List;

/**
 * The entries of a layer of a finished image. Its whiteouts are entries like any other, and {@link LayerOverlay}
 * applies them.
 */
final class LayerTree {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int MAX_DEPTH = 500;
    private final TreeNode below;
    private final LayerContents contents;
    private final TreeNode root = TreeNode.impliedDirectory();
    private boolean linksBelow;

    private LayerTree(TreeNode below, LayerContents contents) {
        this.below = below;
        this.contents = contents;
    }

    /** Reads the entries of a layer above the tree of the lower layers, which is not changed. */
    static LayerTree read(TarEntries entries, LayerContents contents, TreeNode below) throws IOException {
        LayerTree layer = new LayerTree(below, contents);
        layer.read(entries);
        return layer;
    }

    TreeNode root() {
        return root;
    }

    /** Returns whether an entry is a hard link to a file of a lower layer. */
    boolean linksBelow() {
        return linksBelow;
    }

    private void read(TarEntries entries) throws IOException {
        int count = 0;
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            if (++count > MOST_ENTRIES) {
                throw new IOException("it has more than " + MOST_ENTRIES + " entries");
            }
            List<String> path = TreePath.followParent(root, TreePath.clean(entry.name()));
            if (path.size() > MAX_DEPTH) {
                throw new IOException("it has directories that are nested more than " + MAX_DEPTH + " deep");
            }
            add(path, entry, entries);
        }
    }

    private void add(List<String> path, TarEntry entry, TarEntries entries) throws IOException {
        if (path.isEmpty()) {
            return;
        }
        int last = path.size() - 1;
        TreeNode parent = parent(path.subList(0, last));
        String name = path.get(last);
        TreeNode found = parent.children().get(name);
        if (entry.isDirectory()) {
            TreeNode directory = found != null && found.isDirectory() ? found : TreeNode.impliedDirectory();
            parent.children().put(name, TarNodes.directory(entry).withChildrenOf(directory));
        } else {
            parent.children().put(name, leaf(path, entry, entries));
        }
    }

    private TreeNode parent(List<String> path) throws IOException {
        TreeNode directory = root;
        for (String name : path) {
            TreeNode found = directory.children().get(name);
            if (found == null || !found.isDirectory()) {
                found = TreeNode.impliedDirectory();
                directory.children().put(name, found);
            }
            directory = found;
        }
        return directory;
    }

    private TreeNode leaf(List<String> path, TarEntry entry, TarEntries entries) throws IOException {
        TreeNode special = TarNodes.special(entry);
        if (special != null) {
            return special;
        }
        return entry.isLink() ? linked(entry) : file(String.join("/", path), entry, entries);
    }

    private TreeNode linked(TarEntry entry) throws IOException {
        List<String> target = TreePath.clean(entry.linkName());
        TreeNode found = TreePath.find(root, TreePath.followParent(root, target));
        linksBelow |= found == null;
        TreeNode linked = found == null ? TreePath.find(below, TreePath.followParent(below, target)) : found;
        if (linked == null || linked.isDirectory()) {
            throw new IOException("'" + Printable.of(entry.name()) + "' is a hard link to '"
                    + Printable.of(entry.linkName()) + "', which is not an earlier file");
        }
        return linked;
    }

    private TreeNode file(String path, TarEntry entry, TarEntries entries) throws IOException {
        return TarNodes.file(entry, contents.of(path, entry, entries));
    }
}
