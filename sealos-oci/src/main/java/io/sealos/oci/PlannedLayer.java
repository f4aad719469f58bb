package io.sealos.oci;

import io.sealos.oci.internal.tree.LayerOrder;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layer that a build will create. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PlannedLayer {
    private final String instruction;
    private final List<PlannedFile> files;
    private final boolean savedImages;

    private PlannedLayer(String instruction, List<PlannedFile> files, boolean savedImages) {
        this.instruction = instruction;
        this.files = List.copyOf(files);
        this.savedImages = savedImages;
    }

    /** {@return the layers} A file with the path {@code saved} represents all images that will be saved. */
    static List<PlannedLayer> of(PlannedImage plan, String saved) throws IOException {
        List<PlannedLayer> layers = new ArrayList<>();
        for (PlannedStep step : LayerOrder.layers(plan)) {
            Listing listing = new Listing(saved);
            listing.add("", step.requireLayer());
            layers.add(new PlannedLayer(step.description(), listing.files, listing.savedImages));
        }
        return layers;
    }

    /** {@return the instruction that creates the layer, such as {@code Kubefile:3: COPY registry registry}} */
    public String instruction() {
        return instruction;
    }

    /**
     * {@return the entries, sorted by path} The images that will be saved and the directories that only contain them
     * are not included.
     */
    public List<PlannedFile> files() {
        return files;
    }

    /** {@return whether this layer contains the images that will be saved} */
    public boolean hasSavedImages() {
        return savedImages;
    }

    /**
     * {@return the total size of the files in bytes, without the images that will be saved} A file with several names
     * is counted for each name.
     */
    public long size() {
        return files.stream().mapToLong(PlannedFile::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlannedLayer that
                && instruction.equals(that.instruction)
                && files.equals(that.files)
                && savedImages == that.savedImages;
    }

    @Override
    public int hashCode() {
        return Objects.hash(instruction, files, savedImages);
    }

    /** {@return the instruction} */
    @Override
    public String toString() {
        return instruction;
    }

    private static final class Listing {
        private final String saved;
        private final List<PlannedFile> files = new ArrayList<>();
        private boolean savedImages;

        Listing(String saved) {
            this.saved = saved;
        }

        void add(String path, TreeNode node) throws IOException {
            if (isSaved(node)) {
                savedImages = true;
            } else if (!path.isEmpty() && !node.isImplied()) {
                files.add(PlannedFile.of(path, node));
            }
            if (node.isDirectory()) {
                for (Map.Entry<String, TreeNode> child : node.children().entrySet()) {
                    add(path + "/" + child.getKey(), child.getValue());
                }
            }
        }

        /** {@return whether the node represents the saved images, or is a directory that contains nothing else} */
        private boolean isSaved(TreeNode node) throws IOException {
            if (node.isDirectory()) {
                Collection<TreeNode> children = node.children().values();
                return children.size() == 1 && isSaved(children.iterator().next());
            }
            return node.kind() == TreeNode.Kind.FILE && node.content().place().equals(saved);
        }
    }
}
