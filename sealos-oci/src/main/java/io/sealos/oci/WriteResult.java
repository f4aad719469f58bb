package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.progress.Amounts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The result of writing an image that is composed of finished images. Immutable and thread-safe.
 *
 * @see ImageMerge#writeTo
 * @see ImageIndex#writeTo
 * @since 0.1.0
 */
public final class WriteResult {
    private final ImageTarget target;
    private final Digest digest;
    private final long size;
    private final List<FinishedImage.Manifest> manifests;
    private final AccessSettings access;

    WriteResult(ImageTarget target, WrittenImage written, AccessSettings access) {
        FinishedImage finished = FinishedImage.of(written, Path.of(""));
        this.target = target;
        this.digest = finished.digest();
        this.size = written.size();
        this.manifests = finished.manifests();
        this.access = access;
    }

    /** {@return the target to which the image was written} */
    public ImageTarget target() {
        return target;
    }

    /** {@return the digest of the manifest, or of the index if there are several platforms} */
    public Digest digest() {
        return digest;
    }

    /**
     * {@return the size of the image in bytes: its index, manifests, configurations and stored layers, each counted
     * once}
     */
    public long size() {
        return size;
    }

    /** {@return the manifests, one for each platform} */
    public List<FinishedImage.Manifest> manifests() {
        return manifests;
    }

    /**
     * Reads the image back from its target, and verifies all of its bytes.
     *
     * @param listener receives the progress; {@link BuildListener#NONE} for none
     * @return the report; that the target does not have the image with this digest is a mismatch
     * @throws IllegalStateException if the target is not one of this library, and cannot be read back
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the target cannot be read
     * @see OciLayoutVerifier
     */
    public VerificationReport verify(BuildListener listener) throws IOException {
        return OciLayoutVerifier.verify(target, digest, access, listener);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WriteResult that
                && target.equals(that.target)
                && digest.equals(that.digest)
                && size == that.size
                && manifests.equals(that.manifests);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, digest, size, manifests);
    }

    /** {@return the target, the digest and the size, such as {@code oci-archive:all.tar: sha256:…, 193 MB}} */
    @Override
    public String toString() {
        return target + ": " + digest + ", " + Amounts.size(size);
    }
}
