package io.sealos.images;

import java.util.Objects;

/** Something that could not be read or rendered, so that images may be missing from the inventory. Immutable. */
public final class ScanProblem {
    private final String file;
    private final int line;
    private final String message;

    ScanProblem(String file, int line, String message) {
        this.file = file;
        this.line = line;
        this.message = message;
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
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
