package io.sealos.oci.internal.push;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.OutgoingManifest;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.Descriptor;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.layout.WrittenManifest;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parts of an image to push, in the order in which they can be sent.
 *
 * @param blobs the layers and configurations, each once
 * @param inner the manifests of an index; empty if the root is a manifest
 * @param root the manifest or index that tags point to
 * @param documents the documents that are attached to the image, whose blobs are among the blobs
 */
public record OutgoingImage(
        List<OutgoingBlob> blobs, List<OutgoingManifest> inner, OutgoingManifest root, List<Artifact> documents) {
    public OutgoingImage {
        blobs = List.copyOf(blobs);
        inner = List.copyOf(inner);
        documents = List.copyOf(documents);
    }

    /** {@return the documents of each manifest, which can be pushed at the same time} */
    List<List<Artifact>> bySubject() {
        return List.copyOf(documents.stream()
                .collect(Collectors.groupingBy(Artifact::subject, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    /** {@return an image whose blobs are in a directory and named by the hex digits of their digests} */
    public static OutgoingImage of(WrittenImage image, Path directory) throws IOException {
        Map<Digest, OutgoingBlob> blobs = new LinkedHashMap<>();
        List<OutgoingManifest> inner = new ArrayList<>();
        Descriptor root = image.root();
        for (WrittenManifest manifest : image.manifests()) {
            for (LayerBlob layer : manifest.layers()) {
                blobs.put(layer.digest(), blob(layer.digest(), directory));
            }
            blobs.put(manifest.configDigest(), blob(manifest.configDigest(), directory));
            if (!manifest.digest().equals(root.digest())) {
                inner.add(manifest(manifest.descriptor().mediaType(), manifest.digest(), directory));
            }
        }
        for (Artifact document : image.documents()) {
            for (ArtifactBlob blob : document.blobs()) {
                blobs.put(blob.digest(), blob(blob.digest(), directory));
            }
        }
        return new OutgoingImage(
                List.copyOf(blobs.values()),
                inner,
                manifest(root.mediaType(), root.digest(), directory),
                image.documents());
    }

    private static OutgoingBlob blob(Digest digest, Path directory) throws IOException {
        Path file = directory.resolve(digest.hex());
        return new OutgoingBlob(digest, Files.size(file), file);
    }

    private static OutgoingManifest manifest(String mediaType, Digest digest, Path directory) throws IOException {
        return new OutgoingManifest(mediaType, digest, Files.readAllBytes(directory.resolve(digest.hex())));
    }
}
