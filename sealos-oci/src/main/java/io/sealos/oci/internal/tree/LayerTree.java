package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.read.Whiteouts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a layer of a base image, and applies it to the tree of the layers below. */
final class LayerTree {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int MAX_DEPTH = 500;
    /** The files that are kept in memory if they are small, because owners are looked up in them. */
    private static final Set<String> KEPT = Set.of("etc/passwd", "etc/group");

    private static final int MAX_KEPT = 1 << 20;

    private final TreeNode below;
    private final PlainLayer plain;
    private final TreeNode root = TreeNode.impliedDirectory();

    private LayerTree(TreeNode below, PlainLayer plain) {
        this.below = below;
        this.plain = plain;
    }

    /** Reads a tar, adds its entries to the tree of the lower layers, and removes the entries that it deletes. */
    static void lay(InputStream tar, PlainLayer plain, TreeNode below) throws IOException {
        LayerTree layer = new LayerTree(below, plain);
        layer.read(new TarEntries(tar));
        layer.lay(layer.root, below, List.of());
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
        TreeNode linked = found == null ? TreePath.find(below, TreePath.followParent(below, target)) : found;
        if (linked == null || linked.isDirectory()) {
            throw new IOException("'" + Printable.of(entry.name()) + "' is a hard link to '"
                    + Printable.of(entry.linkName()) + "', which is not an earlier file");
        }
        return linked;
    }

    private TreeNode file(String path, TarEntry entry, TarEntries entries) throws IOException {
        long offset = entries.position();
        if (KEPT.contains(path) && entry.size() <= MAX_KEPT) {
            plain.keep(offset, entries.content().readAllBytes());
        }
        Content content = entry.isSparse()
                ? new SparseContent(plain + ":" + path, entry.realSize())
                : new LayerContent(plain, path, offset, entry.size());
        return TarNodes.file(entry, content);
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
