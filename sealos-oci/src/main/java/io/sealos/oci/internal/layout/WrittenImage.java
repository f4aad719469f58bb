package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A written image.
 *
 * @param root the manifest or index that tags point to
 * @param manifests the manifest of each platform
 * @param deltas the sizes of a delta image for each platform; empty for a full image
 * @param documents the documents that are attached to the image
 */
public record WrittenImage(
        Descriptor root, List<WrittenManifest> manifests, List<DeltaSizes> deltas, List<Artifact> documents) {
    public WrittenImage {
        manifests = List.copyOf(manifests);
        deltas = List.copyOf(deltas);
        documents = List.copyOf(documents);
    }

    public WrittenImage(Descriptor root, List<WrittenManifest> manifests) {
        this(root, manifests, List.of(), List.of());
    }

    /** {@return this image with documents that are attached to it} */
    WrittenImage withDocuments(List<Artifact> attached) {
        return new WrittenImage(root, manifests, deltas, attached);
    }

    /** {@return the annotations of the image in the index of a layout, which lead to its documents} */
    SortedMap<String, String> annotations() throws IOException {
        SortedMap<String, String> annotations = new TreeMap<>();
        if (!documents.isEmpty()) {
            annotations.put(
                    ArtifactDocuments.LIST,
                    Digests.sha256(ArtifactDocuments.list(documents)).toString());
        }
        return annotations;
    }

    /** {@return the size of the index, manifests, configurations and layers in bytes, each counted once} */
    public long size() {
        Map<Digest, Long> sizes = new HashMap<>();
        sizes.put(root.digest(), root.size());
        for (WrittenManifest manifest : manifests) {
            sizes.put(manifest.digest(), manifest.size());
            sizes.put(manifest.configDigest(), manifest.configSize());
            manifest.layers()
                    .forEach(layer -> sizes.put(layer.digest(), layer.layer().size()));
        }
        for (Artifact document : documents) {
            sizes.put(document.digest(), document.size());
            document.blobs().forEach(blob -> sizes.put(blob.digest(), blob.size()));
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
