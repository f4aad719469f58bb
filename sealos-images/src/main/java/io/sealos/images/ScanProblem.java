package io.sealos.images;

import io.sealos.text.Printable;
import java.util.Objects;

/** Something that the inventory could not take as it is, so that images may be missing from it. Immutable. */
public final class ScanProblem {
    /** What came of it. */
    public enum Kind {
        /** A manifest, chart, list or script was not read to its end: its images may be missing. */
        UNREAD,
        /** A chart does not render with some values: its images may be missing. */
        NOT_RENDERED,
        /** A command names a chart, script or file of values that the image does not have. */
        NOT_THERE,
        /** A command uses what is known only when the image is run; what was taken instead may be wrong. */
        ASSUMED,
        /** A chart refuses the Kubernetes version that was asked for, and was rendered for another one. */
        OTHER_KUBERNETES
    }

    private final Kind kind;
    private final String file;
    private final int line;
    private final String message;

    ScanProblem(Kind kind, String file, int line, String message) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.message = Printable.message(message);
    }

    /** {@return what came of it} */
    public Kind kind() {
        return kind;
    }

    /** {@return the file, relative to the context directory and with slashes} */
    public String file() {
        return file;
    }

    /** {@return the 1-based line, or 0 if the whole file is meant} */
    public int line() {
        return line;
    }

    /** {@return what is wrong, in a sentence} */
    public String message() {
        return message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScanProblem that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, line, message);
    }

    /** {@return file, line and message as compilers write them} */
    @Override
    public String toString() {
        return Printable.of(file) + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
