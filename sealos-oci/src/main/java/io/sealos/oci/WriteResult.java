package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.progress.Amounts;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of writing an image that is composed of finished images. Immutable and thread-safe.
 *
 * @param target the target to which the image was written
 * @param digest the digest of the manifest, or of the index if there are several platforms
 * @param size the size of the image in bytes: its index, manifests, configurations and stored layers, each counted once
 * @param manifests the manifests, one for each platform
 * @see ImageMerge#writeTo
 * @see ImageIndex#writeTo
 * @since 0.1.0
 */
public record WriteResult(ImageTarget target, Digest digest, long size, List<FinishedImage.Manifest> manifests) {
    /**
     * Copies the list.
     *
     * @param target the target to which the image was written
     * @param digest the digest of the manifest, or of the index if there are several platforms
     * @param size the size of the image in bytes
     * @param manifests the manifests, one for each platform
     */
    public WriteResult {
        manifests = List.copyOf(manifests);
    }

    static WriteResult of(ImageTarget target, WrittenImage written) {
        FinishedImage finished = FinishedImage.of(written, Path.of(""));
        return new WriteResult(target, finished.digest(), written.size(), finished.manifests());
    }

    /** {@return the target, the digest and the size, such as {@code oci-archive:all.tar: sha256:…, 193 MB}} */
    @Override
    public String toString() {
        return target + ": " + digest + ", " + Amounts.size(size);
    }
}
