package io.sealos.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started without a shell. Closing it ends the program and the processes that the program has
 * started.
 */
public final class ExternalProcess implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final Process process;

    private ExternalProcess(Process process) {
        this.process = process;
    }

    /** Starts a program. */
    public static ExternalProcess start(ProcessBuilder program) throws IOException {
        return new ExternalProcess(program.start());
    }

    /** {@return the process, which gives access to the streams} */
    public Process process() {
        return process;
    }

    /** Starts a program whose standard input is empty, unless it is redirected. */
    public static ExternalProcess startWithoutInput(ProcessBuilder program) throws IOException {
        ExternalProcess started = start(program);
        try {
            started.process.getOutputStream().close();
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Waits until the program ends, or until the time has passed.
     *
     * @return whether the program has ended
     */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** {@return the exit status of the program, which must have ended} */
    public int status() {
        return process.exitValue();
    }

    /** {@return the beginning of a file that a program has written, without surrounding white space} */
    public static String beginning(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(mostBytes), StandardCharsets.UTF_8).strip();
        }
    }

    /** Ends the program if it still runs, and waits until it has ended. An interrupt is kept. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
