package io.sealos.oci;

import io.sealos.internal.text.Count;
import io.sealos.oci.internal.verify.VerifiedFiles;
import java.util.List;

/**
 * The result of {@link OciLayoutVerifier}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class VerificationReport {
    private final VerifiedFiles verified;

    VerificationReport(VerifiedFiles verified) {
        this.verified = verified;
    }

    /** {@return the directory, archive or image that was verified, such as {@code out} or {@code shop.tar}} */
    public String source() {
        return verified.source();
    }

    /** {@return the first 10,000 mismatches, each with its place; empty for valid images} */
    public List<String> mismatches() {
        return verified.mismatches();
    }

    /** {@return harmless observations, such as blobs that nothing points to} */
    public List<String> notices() {
        return verified.notices();
    }

    /** {@return the number of images, counted for each platform} */
    public int images() {
        return verified.images();
    }

    /** {@return the number of layers of all images} */
    public int layers() {
        return verified.layers();
    }

    /** {@return the number of distinct blobs that were read} */
    public int blobs() {
        return verified.blobs();
    }

    /** {@return the total size of these blobs in bytes} */
    public long bytes() {
        return verified.bytes();
    }

    /** {@return whether there are no mismatches} */
    public boolean isValid() {
        return mismatches().isEmpty();
    }

    /**
     * {@return this report if there are no mismatches}
     *
     * @throws InvalidOciLayoutException if there are mismatches
     */
    public VerificationReport orThrow() {
        if (!isValid()) {
            throw new InvalidOciLayoutException(source(), mismatches());
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationReport that && verified.equals(that.verified);
    }

    @Override
    public int hashCode() {
        return verified.hashCode();
    }

    /** {@return one line with the counts, and one line for each mismatch and notice} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source() + ": " + Count.of(images(), "image") + ", "
                + Count.of(layers(), "layer") + ", " + Count.of(blobs(), "blob") + ", "
                + Count.of(mismatches().size(), "mismatch"));
        mismatches().forEach(mismatch -> text.append('\n').append(mismatch));
        notices().forEach(notice -> text.append('\n').append("note: ").append(notice));
        return text.toString();
    }
}
