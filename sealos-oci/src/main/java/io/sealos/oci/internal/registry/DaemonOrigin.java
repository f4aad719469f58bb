package io.sealos.oci.internal.registry;

import io.sealos.oci.internal.read.ImageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An image of the local daemon, as its own command saves it. */
public record DaemonOrigin(String command, String image, Duration timeout) implements LocalOrigin {
    private static final int MOST_WORDS = 2000;

    @Override
    public Format format() {
        return Format.DOCKER;
    }

    @Override
    public ImageFiles open(Path scratch) throws IOException, InterruptedException {
        Path archive = scratch.resolve("image.tar");
        Path errors = scratch.resolve("errors.txt");
        int status = run(archive, errors);
        if (status != 0) {
            throw new IOException(this + " failed with status " + status + ": " + words(errors));
        }
        return ImageFiles.archive(archive);
    }

    private int run(Path archive, Path errors) throws IOException, InterruptedException {
        Process process = start(archive, errors);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(this + " did not end within " + timeout.toMillis() / 1000.0
                        + " seconds; look whether the daemon answers, or allow more time");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(Path archive, Path errors) throws IOException {
        try {
            return new ProcessBuilder(List.of(command, "save", image))
                    .redirectOutput(archive.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "the command '" + command + "' cannot be started; install it, or name the one that is there", e);
        }
    }

    private static String words(Path errors) throws IOException {
        try (InputStream content = Files.newInputStream(errors)) {
            String text = new String(content.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "it said nothing" : text;
        }
    }

    @Override
    public String toString() {
        return "'" + command + " save " + image + "'";
    }
}
