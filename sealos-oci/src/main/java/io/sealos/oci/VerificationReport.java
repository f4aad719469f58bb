package io.sealos.oci;

import io.sealos.oci.internal.verify.CheckedLayout;
import java.nio.file.Path;
import java.util.List;

/** What {@link OciLayoutVerifier} found in a layout. Immutable and thread-safe. */
public final class VerificationReport {
    private final Path layout;
    private final CheckedLayout checked;

    VerificationReport(Path layout, CheckedLayout checked) {
        this.layout = layout;
        this.checked = checked;
    }

    /** {@return what does not fit, each with its place; the first 10,000; empty for a sound layout} */
    public List<String> mismatches() {
        return checked.mismatches();
    }

    /** {@return what is odd but harmless, such as blobs that nothing points to} */
    public List<String> notes() {
        return checked.notes();
    }

    /** {@return whether there is no mismatch} */
    public boolean isValid() {
        return mismatches().isEmpty();
    }

    /** {@return the number of images, each platform counted} */
    public int images() {
        return checked.images();
    }

    /** {@return the number of layers of all images} */
    public int layers() {
        return checked.layers();
    }

    /** {@return the number of different blobs that were read} */
    public int blobs() {
        return checked.blobs();
    }

    /** {@return the size of these blobs in bytes} */
    public long bytes() {
        return checked.bytes();
    }

    /**
     * {@return this report}
     *
     * @throws InvalidOciLayoutException if there is a mismatch
     */
    public VerificationReport orThrow() {
        if (!isValid()) {
            throw new InvalidOciLayoutException(layout, mismatches());
        }
        return this;
    }

    /** {@return the report in one line for each mismatch and note} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(layout + ": " + images() + " images, " + layers() + " layers, " + blobs()
                + " blobs, " + mismatches().size() + " mismatches");
        mismatches().forEach(mismatch -> text.append('\n').append(mismatch));
        notes().forEach(note -> text.append('\n').append("note: ").append(note));
        return text.toString();
    }
}
