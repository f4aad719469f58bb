package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources of the public packages. */
class PublicTypesTests {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> PACKAGES = List.of(
            "sealos-kubefile/src/main/java/io/sealos",
            "sealos-kubefile/src/main/java/io/sealos/kubefile",
            "sealos-images/src/main/java/io/sealos/images",
            "sealos-layout/src/main/java/io/sealos/layout",
            "sealos-oci/src/main/java/io/sealos/oci",
            "sealos-oci/src/main/java/io/sealos/oci/jib",
            "sealos-oci/src/main/java/io/sealos/oci/trust",
            "sealos-oci/src/test/java/io/sealos/oci/testing");
    private static final Pattern PUBLIC = Pattern.compile(
            "^public (?:abstract |final |sealed |non-sealed )*+(?:class|interface|enum|record) (?!\\w*Tests\\b)",
            Pattern.MULTILINE);

    @Test
    void javadocOfATypeNamesItsFirstVersion() throws IOException {
        List<Path> without = new ArrayList<>();
        int types = 0;
        for (Path source : sources()) {
            String text = Files.readString(source);
            String beforeType = PUBLIC.split(text, 2)[0];
            if (beforeType.length() < text.length()) {
                types++;
                if (!beforeType.contains("\n * @since ")) {
                    without.add(source);
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(types).isGreaterThan(150);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.list(PROJECT.resolve(name))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }
}
