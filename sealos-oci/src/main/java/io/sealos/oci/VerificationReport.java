package io.sealos.oci;

import java.util.List;

/**
 * The result of {@link OciLayoutVerifier}. Immutable and thread-safe.
 *
 * @param source the directory, archive or image that was verified, such as {@code out} or {@code shop.tar}
 * @param mismatches the first 10,000 mismatches, each with its place; empty for valid images
 * @param notes harmless observations, such as blobs that nothing points to
 * @param images the number of images, counted for each platform
 * @param layers the number of layers of all images
 * @param blobs the number of distinct blobs that were read
 * @param bytes the total size of these blobs in bytes
 * @since 0.1.0
 */
public record VerificationReport(
        String source, List<String> mismatches, List<String> notes, int images, int layers, int blobs, long bytes) {
    /**
     * Copies the lists.
     *
     * @param source the directory, archive or image that was verified, such as {@code out} or {@code shop.tar}
     * @param mismatches the first 10,000 mismatches, each with its place; empty for valid images
     * @param notes harmless observations, such as blobs that nothing points to
     * @param images the number of images, counted for each platform
     * @param layers the number of layers of all images
     * @param blobs the number of distinct blobs that were read
     * @param bytes the total size of these blobs in bytes
     */
    public VerificationReport {
        mismatches = List.copyOf(mismatches);
        notes = List.copyOf(notes);
    }

    /** {@return whether there are no mismatches} */
    public boolean isValid() {
        return mismatches.isEmpty();
    }

    /**
     * {@return this report if there are no mismatches}
     *
     * @throws InvalidOciLayoutException if there are mismatches
     */
    public VerificationReport orThrow() {
        if (!isValid()) {
            throw new InvalidOciLayoutException(source, mismatches);
        }
        return this;
    }

    /** {@return one line with the counts, and one line for each mismatch and note} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source + ": " + images + " images, " + layers + " layers, " + blobs
                + " blobs, " + mismatches.size() + " mismatches");
        mismatches.forEach(mismatch -> text.append('\n').append(mismatch));
        notes.forEach(note -> text.append('\n').append("note: ").append(note));
        return text.toString();
    }
}
