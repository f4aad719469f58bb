package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.BaseImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A finished image with its files and with the entries of each layer, but without their contents.
 *
 * @param image the image
 * @param root the root of its files
 * @param layers its layers, the lowest first
 */
record ReadImage(BaseImage image, TreeNode root, List<ReadLayer> layers) {
    ReadImage {
        layers = List.copyOf(layers);
    }

    /** Reads the layers of an image, the lowest first. */
    static ReadImage read(BaseImage image, Scratch scratch) throws IOException {
        TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        List<ReadLayer> layers = new ArrayList<>();
        ScannedBase.eachLayer(image, scratch, (scan, description) -> {
            ReadLayer layer = scan.readEntries(root, description);
            LayerOverlay.lay(layer.entries().root(), root);
            layers.add(layer);
        });
        return new ReadImage(image, root, layers);
    }

    /** Returns the number of lowest layers that this image has in common with another one. */
    int shared(ReadImage other) {
        int most = Math.min(layers.size(), other.layers.size());
        int shared = 0;
        while (shared < most && isSame(layers.get(shared), other.layers.get(shared))) {
            shared++;
        }
        return shared;
    }

    private static boolean isSame(ReadLayer one, ReadLayer other) {
        return one.layer().layer().diffId().equals(other.layer().layer().diffId());
    }

    /** Returns whether a layer has a hard link to a file of a lower layer, which must therefore be the one below it. */
    boolean linksBelow() {
        return layers.stream().anyMatch(layer -> layer.entries().linksBelow());
    }
}
