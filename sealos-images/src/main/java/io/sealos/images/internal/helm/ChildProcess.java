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

/** Starts the running Java again with the engine, and waits for one answer after the other. */
final class ChildProcess implements AutoCloseable {
    private static final int LONGEST_COMPLAINT = 2000;
    private static final Duration POLLING = Duration.ofMillis(2);

    private final Path work;
    private final Path log;
    private final ChartLimits limits;
    private final ExternalProcess process;

    /** Starts it; it waits for the place of the library. */
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

    /** Beside the run time's own modules, wherever these are: it may be one that has no programs. */
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
                "use a run time that has one, use ChartRenderers.inProcess() for charts that are trusted");
    }

    private static List<String> command(Path work, EngineFiles engine, ChartLimits limits) throws IOException {
        return List.of(
                java(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // It lives for a second, and the engine is no Java: compiling would cost more than it gains.
                "-Xint",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-Djna.encoding=UTF-8",
                "-Djna.tmpdir=" + work,
                "-Djna.nosys=true",
                // Where this is not set, JNA runs ldconfig to find directories, none of which is wanted.
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

    /** Tells where the library is: the first that it must know. */
    void load(Path library) {
        tell(library.toUri().toASCIIString());
    }

    /** Adds a call to those that it works on. */
    void ask(int number) {
        tell(Integer.toString(number));
    }

    private void tell(String line) {
        try {
            OutputStream in = process.process().getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException e) {
            // It has ended, which waiting for the answer tells with a reason.
            process.close();
        }
    }

    /** Waits until the answer is there; false if the process ended or the time is over. */
    boolean awaitAnswer(int number) throws InterruptedIOException {
        Path answer = EngineCall.answer(work, number);
        long end = System.nanoTime() + limits.time().toNanos();
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

    /** Why the process ended, as far as it says. */
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
