package io.sealos.oci;

import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An image of two layers, one small and one of some size, and a registry in this process to push it to. */
abstract class PushFixture {
    static final int BIG = 300_000;

    @TempDir
    Path directory;

    InProcessRegistry registry;
    final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        write("Kubefile", "FROM scratch\nCOPY small small\nCOPY big big\n");
        write("small", "one");
        write("big", "x".repeat(BIG));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    Path context() {
        return directory.resolve("context");
    }

    void write(String name, String content) throws IOException {
        Files.createDirectories(context());
        Files.writeString(context().resolve(name), content);
    }

    ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context())
                .saveImages(false)
                .compression(LayerCompression.NONE)
                .contentStore(directory.resolve("store"))
                .registryAccess(access().build())
                .listener(event -> heard.add(event.toString()));
    }

    /** Without pauses that last. */
    RegistryAccess.Builder access() {
        return RegistryAccess.builder().loginFiles(false).endpoint("hub.example", registry.endpoint());
    }

    BuildResult push(String name) throws IOException {
        return builder().build().writeTo(RegistryImage.of(name));
    }

    /** Returns the events of the listener that contain a text. */
    List<String> heard(String text) {
        return heard.stream().filter(line -> line.contains(text)).toList();
    }
}
