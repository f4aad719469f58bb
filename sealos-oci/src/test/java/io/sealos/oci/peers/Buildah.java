package io.sealos.oci.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Buildah with a storage of its own, which needs neither an overlay file system nor a daemon. */
public final class Buildah {
    private final Path storage;

    /** Creates an instance with a storage in a directory, which may contain {@code registries.conf}. */
    public Buildah(Path storage) {
        this.storage = storage;
    }

    /** Skips the test where buildah is not installed or may not mount. */
    public static void assume() {
        assumeThat(Tools.isInstalled("buildah")).as("buildah is installed").isTrue();
        assumeThat(Files.isWritable(Path.of("/"))).as("root can mount").isTrue();
    }

    /** {@return what buildah printed; it has to end well} */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "buildah", "--storage-driver", "vfs", "--root", storage + "/root", "--runroot", storage + "/run"));
        command.addAll(List.of(arguments));
        Path errors = storage.resolve("stderr");
        ProcessBuilder buildah = new ProcessBuilder(command).redirectError(errors.toFile());
        Path registries = storage.resolve("registries.conf");
        if (Files.exists(registries)) {
            buildah.environment().put("CONTAINERS_REGISTRIES_CONF", registries.toString());
        }
        Process process = buildah.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(command + "\n" + Files.readString(errors))
                .isZero();
        return output.strip();
    }

    /** {@return the directory with the files of an image in a layout} */
    public Path mounted(Path layout) throws IOException, InterruptedException {
        return Path.of(run("mount", run("from", "--quiet", "oci:" + layout)));
    }
}
