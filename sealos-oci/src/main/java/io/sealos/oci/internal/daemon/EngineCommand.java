package io.sealos.oci.internal.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The command of a container engine, run without a shell and for a limited time. */
public record EngineCommand(String program, Duration timeout) {
    private static final int MOST_WORDS = 2000;

    /** Lets it save an image into an archive; its words go to that file. */
    public void save(String image, Path archive, Path words) throws IOException, InterruptedException {
        run(List.of(program, "save", image), start -> start.redirectOutput(archive.toFile()), words);
    }

    /** Lets it copy an image out of a storage into an archive that it writes itself; its words go to that file. */
    public void copy(List<String> arguments, Path words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(arguments);
        run(line, start -> start.redirectOutput(Redirect.DISCARD), words);
    }

    /** Lets it load the images of an archive, which it reads from its standard input; its words go to that file. */
    public void load(Path archive, Path words) throws IOException, InterruptedException {
        run(
                List.of(program, "load"),
                start -> start.redirectInput(archive.toFile()).redirectOutput(Redirect.DISCARD),
                words);
    }

    private void run(List<String> line, UnaryOperator<ProcessBuilder> streams, Path words)
            throws IOException, InterruptedException {
        String shown = "'" + String.join(" ", line) + "'";
        Process process = start(streams.apply(new ProcessBuilder(line)).redirectError(words.toFile()));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(shown + " did not end within " + timeout.toMillis() / 1000.0
                        + " seconds; look whether the daemon answers, or allow more time");
            }
            if (process.exitValue() != 0) {
                throw new IOException(shown + " failed with status " + process.exitValue() + ": " + read(words));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(ProcessBuilder process) throws IOException {
        try {
            return process.start();
        } catch (IOException e) {
            throw new IOException(
                    "the command '" + program + "' cannot be started; install it, or name the one that is there", e);
        }
    }

    private static String read(Path words) throws IOException {
        try (InputStream content = Files.newInputStream(words)) {
            String text = new String(content.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "it said nothing" : text;
        }
    }
}
