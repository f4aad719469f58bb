package io.sealos.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Configurations of base images as they are found in registries, and what a build from each results in. */
final class BaseConfigs {
    private BaseConfigs() {}

    /**
     * One of them.
     *
     * @param document the whole configuration
     * @param instructions what follows FROM
     * @param expected the properties of {@code config} that result
     */
    record Case(String name, String document, String instructions, String expected) {
        String kubefile() {
            return "FROM labring/kubernetes:v1.24.0\n" + instructions;
        }

        TestBase base() throws IOException {
            return TestBase.ofDocument(document)
                    .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 etc/passwd app:x:1000:1001::/:"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BaseConfigs.class.getResourceAsStream("base-configs.txt"), "resource")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("====\n", -1)).map(BaseConfigs::read);
        }
    }

    private static Case read(String section) {
        List<String> parts = List.of(section.split("----\n", -1));
        int line = parts.get(0).indexOf('\n');
        return new Case(
                parts.get(0).substring(0, line),
                parts.get(0).substring(line + 1).strip(),
                parts.get(1),
                parts.get(2));
    }
}
