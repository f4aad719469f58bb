package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * The reason why an engine cannot render any chart.
 *
 * @param reason the part that is missing or does not work
 * @param fix the fix in the imperative, or an empty string
 */
record EngineFailure(String reason, String fix) {
    private static final String DOES_NOT_START = "the Helm engine does not start: ";
    /** Parts of the messages of the GNU and musl loaders about a library that needs another C library. */
    private static final List<String> OTHER_C_LIBRARY =
            List.of("GLIBC_", "ld-linux", "ld-musl", "symbol not found", "initial-exec TLS");

    /**
     * {@return the failure with the message of an exception}
     *
     * @throws InterruptedIOException if the exception is an interrupt, which is not a failure
     */
    static EngineFailure of(IOException failure) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
        return failure instanceof EngineMissingException missing
                ? new EngineFailure(String.valueOf(missing.getMessage()), missing.fix())
                : ofStart(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /** {@return the failure with the message of the system's library loader} */
    static EngineFailure ofStart(String words) {
        if (OTHER_C_LIBRARY.stream().anyMatch(words::contains)) {
            return new EngineFailure(
                    DOES_NOT_START + "it needs the GNU C library (glibc) 2.34 or newer, which this system lacks: "
                            + words,
                    "use a system that has it");
        }
        return new EngineFailure(DOES_NOT_START + words, "");
    }

    /** {@return the reason and the fix in one sentence, for each chart if there is no other engine} */
    String message() {
        return "there is no Helm engine: " + reason + ", and no helm on the PATH; " + (fix.isEmpty() ? "" : fix + ", ")
                + "install helm, or provide another engine (ChartRenderer)";
    }
}
