package io.sealos.oci.internal.tree;

import io.sealos.internal.files.PlacedException;
import io.sealos.oci.internal.recipe.BaseHistory;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BaseLayer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;

/**
 * A base image whose layers have been read, with its files but without their contents.
 *
 * @param image the image
 * @param root the root of its files
 * @param layers its layers, the lowest first
 */
public record ScannedBase(BaseImage image, TreeNode root, List<ScannedLayer> layers) {
    public ScannedBase {
        layers = List.copyOf(layers);
    }

    /**
     * Reads the layers of an image, the lowest first. Contents that are needed later are decompressed into the scratch
     * directory.
     */
    static ScannedBase read(BaseImage image, Scratch scratch) throws IOException {
        TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        List<ScannedLayer> layers = new ArrayList<>();
        eachLayer(image, 0, scratch, (scan, description) -> layers.add(scan.read(root, description)));
        return new ScannedBase(image, root, layers);
    }

    /** Reads one layer. */
    interface Reading {
        void read(LayerScan scan, String description) throws IOException;
    }

    /** Reads each layer of an image from one on, the lowest first. Exceptions name the layer. */
    static void eachLayer(BaseImage image, int first, Scratch scratch, Reading reading) throws IOException {
        List<String> descriptions = descriptions(image);
        for (int i = first; i < image.layers().size(); i++) {
            BaseLayer layer = image.layers().get(i);
            try {
                reading.read(new LayerScan(layer, new PlainLayer(layer, scratch)), descriptions.get(i));
            } catch (InterruptedIOException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException | StepException e) {
                throw PlacedException.at(
                        image.name(),
                        ": layer " + (i + 1) + " of " + image.layers().size() + ", " + layer.digest()
                                + ", cannot be read: " + reason(e),
                        e);
            }
        }
    }

    /** Returns the message of an exception; that of an end of compressed data is null. */
    private static String reason(Exception e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }

    private static List<String> descriptions(BaseImage image) {
        return image.history().stream()
                .filter(entry -> !entry.emptyLayer())
                .map(BaseHistory::createdBy)
                .toList();
    }
}
