package io.sealos.oci.internal.save;

import io.sealos.oci.RegistryAccess;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry that stands in for docker.io, and a store, anew for each test. */
abstract class RegistryFixture {
    @TempDir
    Path directory;

    InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    RegistryAccess.Builder settings() {
        return RegistryAccess.builder()
                .endpoint("docker.io", registry.endpoint())
                .loginFiles(false)
                .stallTimeout(Duration.ofSeconds(20));
    }

    Saving saving() {
        return saving(settings());
    }

    Saving saving(RegistryAccess.Builder access) {
        return Saving.into(directory.resolve("store"), access.build());
    }

    TestImage push() {
        return new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
    }
}
