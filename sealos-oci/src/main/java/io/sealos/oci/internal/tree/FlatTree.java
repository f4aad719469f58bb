package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files of a finished image, with the digests of their contents, after its layers were laid over each other. Each
 * layer is read once, and no content is kept.
 */
public final class FlatTree {
    private final TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
    /** The layers of entries that are not directories. It is only used for lookups. */
    private final IdentityHashMap<TreeNode, Integer> layers = new IdentityHashMap<>();

    /** The contents of files that were read after the layers. It is only used for lookups. */
    private final IdentityHashMap<TreeNode, HashedContent> contents = new IdentityHashMap<>();

    private final SortedMap<String, FlatFile> files = new TreeMap<>();
    private final Predicate<String> charts;
    private int position;

    private FlatTree(Predicate<String> charts) {
        this.charts = charts;
    }

    /**
     * {@return each path with its file}
     *
     * @param leftOut a directory at the root that is left out
     * @param charts the paths that may be those of charts
     */
    public static SortedMap<String, FlatFile> read(BaseImage image, String leftOut, Predicate<String> charts)
            throws IOException {
        FlatTree tree = new FlatTree(charts);
        tree.add(image);
        tree.root.children().remove(leftOut);
        tree.list("", tree.root);
        return tree.files;
    }

    /**
     * {@return each path of an image that is built with its file} Contents whose digests are not known are read.
     *
     * @param digests the digests of contents that were written into layers
     * @param leftOut a directory at the root that is left out
     * @param charts the paths in the image, and the places of files, that may be those of charts
     * @param pool reads several files at a time
     */
    public static SortedMap<String, FlatFile> read(
            PlannedImage plan, ContentDigests digests, String leftOut, Predicate<String> charts, WorkPool pool)
            throws IOException, InterruptedException {
        FlatTree tree = new FlatTree(charts);
        ScannedBase base = plan.base();
        if (base != null) {
            tree.add(base.image());
        }
        for (PlannedStep step : LayerOrder.layers(plan)) {
            tree.remember(step.requireLayer(), ++tree.position);
            LayerOverlay.lay(step.requireLayer(), tree.root);
        }
        tree.root.children().remove(leftOut);
        List<Unread> unread = new ArrayList<>();
        tree.findUnread("", tree.root, unread);
        List<HashedContent> contents = pool.all(unread, file -> tree.read(file, digests));
        for (int i = 0; i < unread.size(); i++) {
            tree.contents.put(unread.get(i).node(), contents.get(i));
        }
        tree.list("", tree.root);
        return tree.files;
    }

    /** A file whose content has not been read. */
    private record Unread(String path, TreeNode node) {}

    private void add(BaseImage image) throws IOException {
        ScannedBase.eachLayer(image, 0, FlatTree::noScratch, (scan, description) -> {
            TreeNode entries = scan.readEntries(
                            root,
                            description,
                            (path, entry, tar) -> HashedContent.read(path, entry, tar, charts.test(path)))
                    .entries()
                    .root();
            remember(entries, ++position);
            LayerOverlay.lay(entries, root);
        });
    }

    private void findUnread(String prefix, TreeNode directory, List<Unread> unread) throws IOException {
        for (Map.Entry<String, TreeNode> entry : directory.children().entrySet()) {
            TreeNode node = entry.getValue();
            String path = prefix + entry.getKey();
            if (node.isDirectory()) {
                findUnread(path + "/", node, unread);
            } else if (node.kind() == TreeNode.Kind.FILE && !(node.content() instanceof HashedContent)) {
                unread.add(new Unread(path, node));
            }
        }
    }

    private HashedContent read(Unread file, ContentDigests digests) throws IOException {
        Content content = file.node().content();
        boolean mayBeChart = charts.test(file.path()) || charts.test(content.place());
        return HashedContent.read(file.path(), content, digests, mayBeChart);
    }

    private static Path noScratch() {
        throw new IllegalStateException("no content is kept");
    }

    private void remember(TreeNode directory, int layer) throws IOException {
        for (TreeNode node : directory.children().values()) {
            if (node.isDirectory()) {
                remember(node, layer);
            } else {
                layers.putIfAbsent(node, layer);
            }
        }
    }

    private void list(String prefix, TreeNode directory) throws IOException {
        for (Map.Entry<String, TreeNode> entry : directory.children().entrySet()) {
            TreeNode node = entry.getValue();
            String path = prefix + entry.getKey();
            files.put(path, FlatFile.of(node, contents.get(node), layers.getOrDefault(node, 0)));
            if (node.isDirectory()) {
                list(path + "/", node);
            }
        }
    }
}
