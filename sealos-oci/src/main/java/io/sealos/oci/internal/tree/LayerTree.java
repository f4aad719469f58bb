package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The entries of a layer of a finished image. Its whiteouts are entries like any other, and {@link LayerOverlay}
 * applies them.
 */
final class LayerTree {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int MAX_DEPTH = 500;
    /** The files that are kept in memory if they are small, because owners are looked up in them. */
    private static final Set<String> KEPT = Set.of("etc/passwd", "etc/group");

    private static final int MAX_KEPT = 1 << 20;
    /** The end of the path of a file in a registry that contains the digest to which a tag points. */
    private static final String TAG_LINK = "/current/link";

    private static final int MAX_LINK = 256;

    private final TreeNode below;
    private final PlainLayer plain;
    private final TreeNode root = TreeNode.impliedDirectory();
    private boolean linksBelow;

    private LayerTree(TreeNode below, PlainLayer plain) {
        this.below = below;
        this.plain = plain;
    }

    /** Reads the entries of a layer above the tree of the lower layers, which is not changed. */
    static LayerTree read(TarEntries entries, PlainLayer plain, TreeNode below) throws IOException {
        LayerTree layer = new LayerTree(below, plain);
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

    private static boolean isKept(String path, long size) {
        return path.endsWith(TAG_LINK) ? size <= MAX_LINK : KEPT.contains(path) && size <= MAX_KEPT;
    }

    private TreeNode file(String path, TarEntry entry, TarEntries entries) throws IOException {
        long offset = entries.position();
        if (isKept(path, entry.size())) {
            plain.keep(offset, entries.content().readAllBytes());
        }
        Content content = entry.isSparse()
                ? new SparseContent(plain + ":" + path, entry.realSize())
                : new LayerContent(plain, path, offset, entry.size());
        return TarNodes.file(entry, content);
    }
}
