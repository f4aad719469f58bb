package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Why no chart can be rendered by an engine.
 *
 * @param reason what is missing, or does not work
 * @param fix what to do, as an order, or nothing
 */
record EngineFailure(String reason, String fix) {
    private static final String DOES_NOT_START = "the Helm engine does not start: ";
    /** How the loaders of GNU and of musl name what is not there. */
    private static final List<String> OTHER_C_LIBRARY = List.of("GLIBC_", "ld-linux", "ld-musl", "symbol not found");

    /** In the words of what failed; an interruption is none. */
    static EngineFailure of(IOException failure) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
        return failure instanceof EngineMissingException missing
                ? new EngineFailure(String.valueOf(missing.getMessage()), missing.fix())
                : ofStart(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /** In the words of the system's loader of libraries. */
    static EngineFailure ofStart(String words) {
        if (OTHER_C_LIBRARY.stream().anyMatch(words::contains)) {
            return new EngineFailure(
                    DOES_NOT_START + "it needs the GNU C library (glibc) 2.34 or newer, which this system lacks: "
                            + words,
                    "use a system that has it");
        }
        return new EngineFailure(DOES_NOT_START + words, "");
    }

    /** All in a sentence, for each chart, where there is no other engine either. */
    String message() {
        return "there is no Helm engine: " + reason + ", and no helm on the PATH; " + (fix.isEmpty() ? "" : fix + ", ")
                + "install helm, or give the scanner a ChartRenderer";
    }
}
