package com.example.matrix;

import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import org.testng.annotations.Test;

public class NgTest {
    @Test
    public void checks() throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            Checks.all(registry, Files.createTempDirectory("matrix"));
        }
    }
}
