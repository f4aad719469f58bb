package com.example.matrix;

import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.RegistryExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RegistryExtension.class)
class MatrixTest {
    @Test
    void checks(InProcessRegistry registry, @TempDir Path directory) throws IOException {
        Checks.all(registry, directory);
    }
}
