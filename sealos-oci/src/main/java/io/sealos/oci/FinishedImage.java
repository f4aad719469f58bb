package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.WrittenImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A finished image in an <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image
 * layout</a>, which an {@link ImageTarget} copies or sends. The files are deleted when the target returns. A target
 * must not change, move or link them. Immutable and thread-safe.
 *
 * @param layout the directory of the layout: {@code oci-layout}, {@code index.json} with a descriptor for each tag, or
 *     one without a name if there is no tag, and {@code blobs}
 * @param digest the digest of the manifest, or of the index if there are several platforms
 * @param mediaType the media type of that manifest or index
 * @param manifests the manifests, one for each platform
 * @param documents the digests of the blobs of attached documents, such as signatures; empty if there are none
 * @since 0.1.0
 */
public record FinishedImage(
        Path layout, Digest digest, String mediaType, List<Manifest> manifests, List<Digest> documents) {
    /**
     * Copies the list.
     *
     * @param layout the directory of the layout: {@code oci-layout}, {@code index.json} with a descriptor for each tag,
     *     or one without a name if there is no tag, and {@code blobs}
     * @param digest the digest of the manifest, or of the index if there are several platforms
     * @param mediaType the media type of that manifest or index
     * @param manifests the manifests, one for each platform
     * @param documents the digests of the blobs of attached documents, such as signatures; empty if there are none
     */
    public FinishedImage {
        manifests = List.copyOf(manifests);
        documents = List.copyOf(documents);
    }

    static FinishedImage of(WrittenImage written, Path layout) {
        List<Manifest> manifests = written.manifests().stream()
                .map(one -> new Manifest(
                        one.platform(),
                        one.digest(),
                        one.configDigest(),
                        one.layers().stream().map(LayerBlob::layer).toList()))
                .toList();
        return new FinishedImage(
                layout, written.root().digest(), written.root().mediaType(), manifests, written.documentBlobs());
    }

    /**
     * The manifest of one platform, of the media type {@code application/vnd.oci.image.manifest.v1+json} or, if it was
     * copied from an image in Docker's format, {@code application/vnd.docker.distribution.manifest.v2+json}.
     *
     * @param platform the platform
     * @param digest the digest of the manifest
     * @param config the digest of the configuration
     * @param layers the layers, the lowest first
     */
    public record Manifest(Platform platform, Digest digest, Digest config, List<BuildLayer> layers) {
        /**
         * Copies the list.
         *
         * @param platform the platform
         * @param digest the digest of the manifest
         * @param config the digest of the configuration
         * @param layers the layers, the lowest first
         */
        public Manifest {
            layers = List.copyOf(layers);
        }

        private Stream<Digest> digests() {
            return Stream.concat(layers.stream().map(BuildLayer::digest), Stream.of(config, digest));
        }
    }

    /**
     * {@return the digests of all blobs, each once, in the order in which they can be uploaded to a registry: layers
     * and configurations before their manifests, and the index last; those of documents are before it} The files
     * {@code oci-layout} and {@code index.json} of the layout, which contains the tags, are not blobs. A target that
     * stores a layout must copy them as well, {@code index.json} last.
     */
    public List<Digest> digests() {
        Stream<Digest> ofManifests = manifests.stream().flatMap(Manifest::digests);
        return Stream.of(ofManifests, documents.stream(), Stream.of(digest))
                .flatMap(all -> all)
                .distinct()
                .toList();
    }

    /**
     * {@return the file of a blob}
     *
     * @param blob the digest of the blob, one of {@link #digests()}
     */
    public Path blob(Digest blob) {
        return layout.resolve("blobs").resolve(blob.algorithm()).resolve(blob.hex());
    }
}
