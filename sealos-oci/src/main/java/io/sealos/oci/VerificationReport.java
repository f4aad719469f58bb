package io.sealos.oci;

import io.sealos.internal.text.Count;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of {@link OciLayoutVerifier}. Immutable and thread-safe.
 *
 * @param layout the directory of the layout
 * @param mismatches the first 10,000 mismatches, each with its place; empty for a valid layout
 * @param notes harmless observations, such as blobs that nothing points to
 * @param images the number of images, counted for each platform
 * @param layers the number of layers of all images
 * @param blobs the number of distinct blobs that were read
 * @param bytes the total size of these blobs in bytes
 * @since 0.1.0
 */
public record VerificationReport(
        Path layout, List<String> mismatches, List<String> notes, int images, int layers, int blobs, long bytes) {
    /**
     * Copies the lists.
     *
     * @param layout the directory of the layout
     * @param mismatches the first 10,000 mismatches, each with its place; empty for a valid layout
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

    /** {@return whether the layout has no mismatches} */
    public boolean isValid() {
        return mismatches.isEmpty();
    }

    /**
     * {@return this report if the layout is valid}
     *
     * @throws InvalidOciLayoutException if there are mismatches
     */
    public VerificationReport orThrow() {
        if (!isValid()) {
            throw new InvalidOciLayoutException(layout, mismatches);
        }
        return this;
    }

    /** {@return one line with the counts, and one line for each mismatch and note} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(layout + ": " + Count.of(images, "image") + ", " + Count.of(layers, "layer") + ", "
                        + Count.of(blobs, "blob") + ", " + Count.of(mismatches.size(), "mismatch"));
        mismatches.forEach(mismatch -> text.append('\n').append(mismatch));
        notes.forEach(note -> text.append('\n').append("note: ").append(note));
        return text.toString();
    }
}
