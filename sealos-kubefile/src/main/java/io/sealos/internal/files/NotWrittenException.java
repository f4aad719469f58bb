package io.sealos.internal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** An output that cannot be written, mostly because its disk is full. Names the output and not a temporary file. */
public final class NotWrittenException extends IOException implements PlacedProblem {
    private static final long serialVersionUID = 1L;
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "out of disk space");

    private final String place;
    private final String problem;
    private final String fix;

    private NotWrittenException(String place, String problem, String fix, IOException cause) {
        super(place + " " + problem + "; " + fix, cause);
        this.place = place;
        this.problem = problem;
        this.fix = fix;
    }

    /**
     * Creates an exception.
     *
     * @param kind the beginning of the place, such as {@code the content store }; may be empty
     * @param output the file or directory that the caller has named
     * @param during what was being written, such as an instruction; may be empty
     */
    public static NotWrittenException of(String kind, Path output, String during, IOException cause) {
        String reason = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        String fix = isFullDisk(cause)
                ? "free space in " + RequiredPath.nearestDirectory(output) + ", or write to another file system"
                : "check the disk";
        return new NotWrittenException(
                kind + RequiredPath.shown(output),
                "cannot be written" + (during.isEmpty() ? "" : " during '" + during + "'") + ": " + reason,
                fix,
                cause);
    }

    /** {@return whether a file could not be written because there is no space for it} */
    public static boolean isFullDisk(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        String lower = String.valueOf(reason).toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(lower::contains);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public String fix() {
        return fix;
    }
}
