package io.sealos.oci.internal.daemon;

import io.sealos.internal.files.ExternalProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        ProcessBuilder builder = streams.apply(new ProcessBuilder(line)).redirectError(words.toFile());
        try (ExternalProcess process = start(builder)) {
            if (!process.endsWithin(timeout)) {
                throw new IOException(shown + " did not end within " + timeout.toMillis() / 1000.0
                        + " seconds; look whether the daemon answers, or allow more time");
            }
            if (process.status() != 0) {
                String said = ExternalProcess.beginning(words, MOST_WORDS);
                throw new IOException(shown + " failed with status " + process.status() + ": "
                        + (said.isEmpty() ? "it said nothing" : said));
            }
        }
    }

    private ExternalProcess start(ProcessBuilder process) throws IOException {
        try {
            return ExternalProcess.startWithoutInput(process);
        } catch (IOException e) {
            throw new IOException(
                    "the command '" + program + "' cannot be started; install it, or name the one that is there", e);
        }
    }
}
