package io.sealos.oci.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Programs of others that tests compare with. */
public final class Tools {
    private Tools() {}

    /** {@return whether a program is on the PATH} */
    public static boolean isInstalled(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
    }

    /** {@return what the program printed; it has to end well, within two minutes} */
    public static byte[] run(Path work, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(work, "out", "");
        Path err = Files.createTempFile(work, "err", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(command[0] + " failed: " + Files.readString(err));
            }
            return Files.readAllBytes(out);
        } finally {
            process.destroyForcibly();
        }
    }
}
