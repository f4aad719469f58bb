package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.layout.WrittenManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A finished image in an <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image
 * layout</a>, which an {@link ImageTarget} copies or sends. The files are deleted when the target returns. A target
 * must not change, move or link them. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class FinishedImage {
    private final Path layout;
    private final Digest digest;
    private final String mediaType;
    private final List<Manifest> manifests;
    private final List<Digest> documents;

    private FinishedImage(WrittenImage written, Path layout) {
        this.layout = layout;
        this.digest = written.root().digest();
        this.mediaType = written.root().mediaType();
        this.manifests = written.manifests().stream().map(Manifest::new).toList();
        this.documents = written.documentBlobs();
    }

    static FinishedImage of(WrittenImage written, Path layout) {
        return new FinishedImage(written, layout);
    }

    /**
     * {@return the directory of the layout: {@code oci-layout}, {@code index.json} with a descriptor for each tag, or
     * one without a name if there is no tag, and {@code blobs}}
     */
    public Path layout() {
        return layout;
    }

    /** {@return the digest of the manifest, or of the index if there are several platforms} */
    public Digest digest() {
        return digest;
    }

    /** {@return the media type of that manifest or index} */
    public String mediaType() {
        return mediaType;
    }

    /** {@return the manifests, one for each platform} */
    public List<Manifest> manifests() {
        return manifests;
    }

    /** {@return the digests of the blobs of attached documents, such as signatures; empty if there are none} */
    public List<Digest> documents() {
        return documents;
    }

    /**
     * The manifest of one platform, of the media type {@code application/vnd.oci.image.manifest.v1+json} or, if it was
     * copied from an image in Docker's format, {@code application/vnd.docker.distribution.manifest.v2+json}. Immutable
     * and thread-safe.
     */
    public static final class Manifest {
        private final Platform platform;
        private final Digest digest;
        private final Digest config;
        private final List<BuildLayer> layers;

        private Manifest(WrittenManifest written) {
            this.platform = written.platform();
            this.digest = written.digest();
            this.config = written.configDigest();
            this.layers = written.layers().stream().map(LayerBlob::layer).toList();
        }

        /** {@return the platform} */
        public Platform platform() {
            return platform;
        }

        /** {@return the digest of the manifest} */
        public Digest digest() {
            return digest;
        }

        /** {@return the digest of the configuration} */
        public Digest config() {
            return config;
        }

        /** {@return the layers, the lowest first} */
        public List<BuildLayer> layers() {
            return layers;
        }

        private Stream<Digest> digests() {
            return Stream.concat(layers.stream().map(BuildLayer::digest), Stream.of(config, digest));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Manifest that
                    && platform.equals(that.platform)
                    && digest.equals(that.digest)
                    && config.equals(that.config)
                    && layers.equals(that.layers);
        }

        @Override
        public int hashCode() {
            return Objects.hash(platform, digest, config, layers);
        }

        /** {@return the platform and the digest} */
        @Override
        public String toString() {
            return platform + " " + digest;
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

    @Override
    public boolean equals(Object other) {
        return other instanceof FinishedImage that
                && layout.equals(that.layout)
                && digest.equals(that.digest)
                && mediaType.equals(that.mediaType)
                && manifests.equals(that.manifests)
                && documents.equals(that.documents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(layout, digest, mediaType, manifests, documents);
    }

    /** {@return the directory and the digest} */
    @Override
    public String toString() {
        return layout + ": " + digest;
    }
}
