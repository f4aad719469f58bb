package io.sealos.oci;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of {@link OciLayoutVerifier}. Immutable and thread-safe.
 *
 * @param layout the directory of the layout
 * @param mismatches the parts that do not match their descriptions, each with its place; the first 10,000; empty for a
 *     valid layout
 * @param notes harmless peculiarities, such as blobs that nothing points to
 * @param images the number of images, each platform counted
 * @param layers the number of layers of all images
 * @param blobs the number of different blobs that were read
 * @param bytes the size of these blobs in bytes
 */
public record VerificationReport(
        Path layout, List<String> mismatches, List<String> notes, int images, int layers, int blobs, long bytes) {
    /** Copies the lists. */
    public VerificationReport {
        mismatches = List.copyOf(mismatches);
        notes = List.copyOf(notes);
    }

    /** {@return whether there is no mismatch} */
    public boolean isValid() {
        return mismatches.isEmpty();
    }

    /**
     * {@return this report}
     *
     * @throws InvalidOciLayoutException if there is a mismatch
     */
    public VerificationReport orThrow() {
        if (!isValid()) {
            throw new InvalidOciLayoutException(layout, mismatches);
        }
        return this;
    }

    /** {@return a line with the counts, and one more for each mismatch and note} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(layout + ": " + images + " images, " + layers + " layers, " + blobs
                + " blobs, " + mismatches.size() + " mismatches");
        mismatches.forEach(mismatch -> text.append('\n').append(mismatch));
        notes.forEach(note -> text.append('\n').append("note: ").append(note));
        return text.toString();
    }
}
