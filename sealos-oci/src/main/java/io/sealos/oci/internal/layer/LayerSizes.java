package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedLayer;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sizes of layers before they are written: the bytes of the files in them, or of layers of base images. */
public final class LayerSizes {
    private LayerSizes() {}

    /** {@return the size of each layer that will be written: those of steps, and those of base images, each once} */
    public static List<Long> of(List<PlannedStep> steps, List<PlannedImage> plans) throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (PlannedStep step : steps) {
            sizes.add(of(step.requireLayer()));
        }
        List<List<ScannedLayer>> ofBases = new ArrayList<>();
        for (PlannedImage plan : plans) {
            ofBases.add(plan.base() == null ? List.of() : plan.base().layers());
        }
        sizes.addAll(of(ofBases));
        return sizes;
    }

    /** {@return the stored size of each layer of several images, each once} */
    public static List<Long> of(List<List<ScannedLayer>> images) {
        List<Long> sizes = new ArrayList<>();
        Set<Digest> known = new HashSet<>();
        for (List<ScannedLayer> layers : images) {
            for (ScannedLayer scanned : layers) {
                if (known.add(scanned.layer().digest())) {
                    sizes.add(scanned.layer().size());
                }
            }
        }
        return sizes;
    }

    /** {@return the total size of the files in a tree} A file with several names is counted for each name. */
    static long of(TreeNode node) throws IOException {
        if (node.kind() == TreeNode.Kind.FILE) {
            return node.content().size();
        }
        long size = 0;
        if (node.isDirectory()) {
            for (TreeNode child : node.children().values()) {
                size += of(child);
            }
        }
        return size;
    }
}
