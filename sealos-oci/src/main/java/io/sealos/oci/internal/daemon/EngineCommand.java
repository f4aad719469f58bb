package io.sealos.oci.internal.daemon;

import io.sealos.internal.files.ExternalProcess;
import io.sealos.internal.files.PlacedException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The command of a container engine, which is run without a shell and with a time limit. */
public record EngineCommand(String program, Duration timeout) {
    private static final int MAX_ERROR_LENGTH = 2000;

    /** Saves an image into an archive. The error output is written to the other file. */
    public void save(String image, Path archive, Path errors) throws IOException, InterruptedException {
        run(List.of(program, "save", image), start -> start.redirectOutput(archive.toFile()), errors);
    }

    /**
     * Runs the command with arguments to copy an image from a storage into an archive. The error output is written to
     * the given file.
     */
    public void copy(List<String> arguments, Path errors) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(arguments);
        run(line, start -> start.redirectOutput(Redirect.DISCARD), errors);
    }

    /**
     * Loads the images of an archive, which the command reads from its standard input. The error output is written to
     * the other file.
     */
    public void load(Path archive, Path errors) throws IOException, InterruptedException {
        run(
                List.of(program, "load"),
                start -> start.redirectInput(archive.toFile()).redirectOutput(Redirect.DISCARD),
                errors);
    }

    private void run(List<String> line, UnaryOperator<ProcessBuilder> streams, Path errors)
            throws IOException, InterruptedException {
        String shown = "'" + String.join(" ", line) + "'";
        ProcessBuilder builder = streams.apply(new ProcessBuilder(line)).redirectError(errors.toFile());
        try (ExternalProcess process = start(builder)) {
            if (!process.endsWithin(timeout)) {
                throw PlacedException.at(
                        shown,
                        " did not end within " + timeout.toMillis() / 1000.0
                                + " seconds; look whether the daemon answers, or allow more time");
            }
            if (process.status() != 0) {
                String said = ExternalProcess.beginning(errors, MAX_ERROR_LENGTH);
                throw PlacedException.at(
                        shown,
                        " failed with status " + process.status() + ": " + (said.isEmpty() ? "it said nothing" : said));
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
