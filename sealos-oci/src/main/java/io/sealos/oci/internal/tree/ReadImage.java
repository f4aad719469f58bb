package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BaseLayer;
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

    /**
     * Reads the layers of an image, the lowest first, except for the lowest layers that another image has in common
     * with it.
     *
     * @param known the images that have been read
     */
    static ReadImage read(BaseImage image, List<ReadImage> known, Scratch scratch) throws IOException {
        TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        List<ReadLayer> layers = new ArrayList<>();
        for (ReadImage other : known) {
            int shared = shared(image, other.image());
            if (shared > layers.size()) {
                layers = new ArrayList<>(other.layers().subList(0, shared));
            }
        }
        for (ReadLayer layer : layers) {
            LayerOverlay.lay(layer.entries().root(), root);
        }
        readOthers(image, layers, root, scratch);
        return new ReadImage(image, root, layers);
    }

    private static void readOthers(BaseImage image, List<ReadLayer> layers, TreeNode root, Scratch scratch)
            throws IOException {
        ScannedBase.eachLayer(image, layers.size(), scratch, (scan, description) -> {
            ReadLayer layer = scan.readEntries(root, description);
            LayerOverlay.lay(layer.entries().root(), root);
            layers.add(layer);
        });
    }

    /** Returns the number of lowest layers that this image has in common with another one. */
    int shared(ReadImage other) {
        return shared(image, other.image());
    }

    private static int shared(BaseImage one, BaseImage other) {
        int most = Math.min(one.layers().size(), other.layers().size());
        int shared = 0;
        while (shared < most && isSame(one.layers().get(shared), other.layers().get(shared))) {
            shared++;
        }
        return shared;
    }

    private static boolean isSame(BaseLayer one, BaseLayer other) {
        return one.diffId().equals(other.diffId());
    }

    /** Returns whether a layer has a hard link to a file of a lower layer, which must therefore be the one below it. */
    boolean linksBelow() {
        return layers.stream().anyMatch(layer -> layer.entries().linksBelow());
    }
}
