package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.internal.files.ExternalProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts the engine in another JVM of the running Java installation, and waits for one answer after the other. */
final class ChildProcess implements AutoCloseable {
    private static final int LONGEST_COMPLAINT = 2000;
    private static final Duration POLLING = Duration.ofMillis(2);

    private final Path work;
    private final Path log;
    private final ChartLimits limits;
    private final ExternalProcess process;

    /** Starts the process, which waits for the path of the library. */
    ChildProcess(Path work, EngineFiles engine, ChartLimits limits) throws IOException {
        this.work = work;
        this.log = work.resolve("child.log");
        this.limits = limits;
        ProcessBuilder builder = new ProcessBuilder(command(work, engine, limits));
        CleanEnvironment.set(builder.environment(), work);
        builder.environment().put("GOMEMLIMIT", limits.memory() / 2 + "B");
        this.process = ExternalProcess.start(
                builder.directory(work.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()));
    }

    /** {@return the {@code java} program of the running installation, which may be a runtime image without programs} */
    private static String java() throws EngineMissingException {
        String home = System.getProperty("java.home", "");
        for (String name : List.of("java", "java.exe")) {
            Path program = Path.of(home, "bin", name);
            if (!home.isEmpty() && Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new EngineMissingException(
                "this run time has no java program to start a child process with"
                        + (home.isEmpty() ? "" : " (no " + Path.of(home, "bin", "java") + ")"),
                "use a run time that has one, render charts that are trusted in this process (ChartRenderers.inProcess)");
    }

    private static List<String> command(Path work, EngineFiles engine, ChartLimits limits) throws IOException {
        return List.of(
                java(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // The process lives for about a second, and the engine is native: compiling would cost more time than
                // it saves.
                "-Xint",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-Djna.encoding=UTF-8",
                "-Djna.boot.library.path=" + work,
                "-Djna.tmpdir=" + work,
                "-Djna.nosys=true",
                // If this is not set, JNA runs ldconfig to find directories that are not needed.
                "-Djna.platform.library.path=" + work,
                "-Djava.io.tmpdir=" + work,
                "-Dfile.encoding=UTF-8",
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=1",
                "-cp",
                engine.childJar().toString(),
                HelmChild.class.getName(),
                work.toString(),
                engine.part().toString(),
                Long.toString(limits.memory()));
    }

    /** Sends the path of the library, which must be the first line. */
    void load(Path library) {
        tell(library.toUri().toASCIIString());
    }

    /** Submits a call. */
    void ask(int number) {
        tell(Integer.toString(number));
    }

    private void tell(String line) {
        try {
            OutputStream in = process.process().getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException e) {
            // The process has ended. Waiting for the answer reports the reason.
            process.close();
        }
    }

    /**
     * Waits for an answer.
     *
     * @return false if the process has ended or the time limit has passed
     */
    boolean awaitAnswer(int number, Duration time) throws InterruptedIOException {
        Path answer = EngineCall.answer(work, number);
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!Files.exists(answer) && System.nanoTime() < end) {
                if (process.endsWithin(POLLING)) {
                    break;
                }
            }
            return Files.exists(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
    }

    boolean isAlive() {
        return process.process().isAlive();
    }

    /** {@return the reason why the process ended, as far as the process has reported it} */
    String complaint() throws IOException {
        if (process.status() == Guardian.TOO_LARGE) {
            return "it took more than " + limits.memory() + " bytes of memory";
        }
        String shown = ExternalProcess.beginning(log, LONGEST_COMPLAINT);
        return "exit code " + process.status() + (shown.isEmpty() ? "" : ", " + shown);
    }

    @Override
    public void close() {
        process.close();
    }
}
