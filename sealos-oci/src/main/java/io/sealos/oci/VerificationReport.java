package io.sealos.oci;

import io.sealos.oci.internal.verify.Findings;
import java.nio.file.Path;
import java.util.List;

/** What {@link OciLayoutVerifier} found in a layout. Immutable and thread-safe. */
public final class VerificationReport {
    private final Path layout;
    private final List<String> mismatches;
    private final List<String> notes;
    private final int images;
    private final int layers;
    private final int blobs;
    private final long bytes;

    VerificationReport(Path layout, Findings findings) {
        this.layout = layout;
        this.mismatches = findings.mismatches();
        this.notes = findings.notes();
        this.images = findings.images();
        this.layers = findings.layers();
        this.blobs = findings.blobs();
        this.bytes = findings.bytes();
    }

    /** {@return everything that does not fit, each with its place; empty for a sound layout} */
    public List<String> mismatches() {
        return mismatches;
    }

    /** {@return what is odd but harmless, such as blobs that nothing points to} */
    public List<String> notes() {
        return notes;
    }

    /** {@return whether there is no mismatch} */
    public boolean isValid() {
        return mismatches.isEmpty();
    }

    /** {@return the number of images, each platform counted} */
    public int images() {
        return images;
    }

    /** {@return the number of layers of all images} */
    public int layers() {
        return layers;
    }

    /** {@return the number of different blobs that were read} */
    public int blobs() {
        return blobs;
    }

    /** {@return the size of these blobs in bytes} */
    public long bytes() {
        return bytes;
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

    /** {@return the report in one line for each mismatch and note} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(layout)
                .append(": ")
                .append(images)
                .append(" images, ")
                .append(layers)
                .append(" layers, ");
        text.append(blobs).append(" blobs, ").append(mismatches.size()).append(" mismatches");
        mismatches.forEach(mismatch -> text.append('\n').append(mismatch));
        notes.forEach(note -> text.append('\n').append("note: ").append(note));
        return text.toString();
    }
}
