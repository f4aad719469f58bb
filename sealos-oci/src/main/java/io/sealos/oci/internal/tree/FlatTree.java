package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.BaseImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a finished image, with the digests of their contents, after its layers were laid over each other. Each
 * layer is read once, and no content is kept.
 */
public final class FlatTree {
    private final TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
    /** The layers of entries that are not directories. It is only used for lookups. */
    private final IdentityHashMap<TreeNode, Integer> layers = new IdentityHashMap<>();

    private final SortedMap<String, FlatFile> files = new TreeMap<>();

    private FlatTree() {}

    /**
     * {@return each path with its file}
     *
     * @param leftOut a directory at the root that is left out
     */
    public static SortedMap<String, FlatFile> read(BaseImage image, String leftOut) throws IOException {
        FlatTree tree = new FlatTree();
        int[] position = {0};
        ScannedBase.eachLayer(image, 0, FlatTree::noScratch, (scan, description) -> {
            TreeNode entries = scan.readEntries(tree.root, description, HashedContent::read)
                    .entries()
                    .root();
            tree.remember(entries, ++position[0]);
            LayerOverlay.lay(entries, tree.root);
        });
        tree.root.children().remove(leftOut);
        tree.list("", tree.root);
        return tree.files;
    }

    /**
     * {@return each path of a planned image with its file} The contents of files are read.
     *
     * @param leftOut a directory at the root that is left out
     */
    public static SortedMap<String, FlatFile> of(PlannedImage image, String leftOut) throws IOException {
        FlatTree tree = new FlatTree();
        if (image.base() != null) {
            LayerOverlay.lay(image.base().root(), tree.root);
        }
        int position = 0;
        for (PlannedStep step : image.steps()) {
            if (step.layer() != null) {
                tree.remember(step.requireLayer(), ++position);
                LayerOverlay.lay(step.requireLayer(), tree.root);
            }
        }
        tree.root.children().remove(leftOut);
        tree.list("", tree.root);
        return tree.files;
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
            files.put(path, FlatFile.of(path, node, layers.getOrDefault(node, 0)));
            if (node.isDirectory()) {
                list(path + "/", node);
            }
        }
    }
}
