package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** {@return the manifests to which documents are attached: the index if there is one, and that of each platform} */
    public List<Subject> subjects() {
        Stream<Descriptor> all =
                Stream.concat(Stream.of(root), manifests.stream().map(WrittenManifest::manifest));
        return all.map(one -> new Subject(one.mediaType(), one.digest(), one.size()))
                .distinct()
                .toList();
    }

    /** {@return the digests of all blobs of the documents: their content, their manifests, and the list of a layout} */
    public List<Digest> documentBlobs() {
        if (documents.isEmpty()) {
            return List.of();
        }
        Stream<Digest> content =
                documents.stream().flatMap(one -> one.blobs().stream()).map(ArtifactBlob::digest);
        Stream<Digest> manifests = documents.stream().map(Artifact::digest);
        Stream<Digest> list = Stream.of(Digests.sha256(ArtifactDocuments.list(documents)));
        return Stream.of(content, manifests, list)
                .flatMap(all -> all)
                .distinct()
                .toList();
    }

    /** {@return the annotations of the image in the index of a layout, which lead to its documents} */
    SortedMap<String, String> annotations() {
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
