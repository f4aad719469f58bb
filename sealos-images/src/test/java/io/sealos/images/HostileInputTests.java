package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that wants time or memory ends in a problem, soon. */
@Timeout(300)
class HostileInputTests {
    private static final String TOO_DEEP =
            "is not valid YAML and was read line by line: is nested deeper than 200 levels";
    private static final String TOO_MANY = "the document has too many nodes, aliases counted; simplify it";

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "{\"a\": ", "? ", "[{a: "})
    void endsWhenNestingIsDeep(String level) throws IOException {
        assertThat(problems(level.repeat(10_000))).containsExactly("m:1: " + TOO_DEEP);
    }

    @Test
    void endsWhenTextInConfigMapIsDeep() throws IOException {
        String text = "apiVersion: v1\nkind: ConfigMap\ndata: {a: '" + "[".repeat(10_000) + "', b: 'quay.io/a/b:1'}";
        assertThat(scan(text).references()).hasSize(1);
    }

    @Test
    void endsWhenAliasesMultiply() throws IOException {
        assertThat(problems(bomb("[x, x, x, x, x, x, x, x, x, x]"))).containsExactly("m:1: " + TOO_MANY);
    }

    @Test
    void endsWhenAliasesMultiplyLongText() throws IOException {
        String text = "'" + "quay.io/a/b:1 \n\n".repeat(1_000) + "'";
        String manifest = "apiVersion: v1\nkind: ConfigMap\ndata:\n"
                + bomb("[" + text + "]").indent(2);
        assertThat(problems(manifest)).containsExactly("m:1: " + TOO_MANY);
    }

    @Test
    void endsWhenMergesMultiply() throws IOException {
        String keys =
                IntStream.range(0, 20_000).mapToObj(it -> "k" + it + ": v").collect(Collectors.joining(", "));
        StringBuilder manifest = new StringBuilder("a: &a {" + keys + "}\n");
        for (int i = 0; i < 1_000; i++) {
            manifest.append("b").append(i).append(": {<<: *a}\n");
        }
        assertThat(problems(manifest.toString()))
                .containsExactly("m:52: is not valid YAML and was read line by line: merges more than 1000000 keys");
    }

    @Test
    void isNotSlowWhenMappingHasManyMappings() throws IOException {
        String entries = IntStream.range(0, 100_000)
                .mapToObj(it -> "  k" + it + ": {image: a}\n")
                .collect(Collectors.joining());
        assertThat(problems("apiVersion: a.io/v1\nkind: A\nspec:\n" + entries)).isEmpty();
    }

    @Test
    void isNotSlowWhenMappingHasManyImagesInParts() {
        String fields = IntStream.range(0, 20_000)
                .mapToObj(it -> "  k" + it + "Image: a/b" + it + "\n  l" + it + "Image: a/c\n  l" + it + "Tag: v1\n")
                .collect(Collectors.joining());
        String text = "apiVersion: a.io/v1\nkind: A\nspec:\n" + fields;
        ImageInventory inventory = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> scan(text));
        assertThat(inventory.references()).hasSize(20_001);
    }

    @Test
    void isNotSlowWhenTextHasManyLinesWithImages() {
        String lines = IntStream.range(0, 20_000)
                .mapToObj(it -> "    K" + it + "_IMAGE=a/b" + it + "\n    K" + it + "_TAG=v1\n")
                .collect(Collectors.joining());
        String text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n" + lines;
        ImageInventory inventory = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> scan(text));
        assertThat(inventory.references()).hasSize(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab ", "a:b "})
    void isNotSlowWhenTextHasManyWords(String word) {
        String text = "apiVersion: v1\nkind: ConfigMap\ndata: {a: '" + word.repeat(1_000_000) + "quay.io/a/b:1'}";
        ImageInventory inventory = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> scan(text));
        assertThat(inventory.references()).hasSize(1);
    }

    @Test
    void endsWhenLineIsLongerThanEveryLimit() throws IOException {
        try (InputStream line = new EndlessLine(1L << 28)) {
            ImageInventory inventory = ImageScanner.builder().build().scanManifest("m", line);
            assertThat(inventory.references()).isEmpty();
            assertThat(inventory.problems())
                    .extracting(ScanProblem::toString)
                    .containsExactly("m:1: the document is larger than 8388608 characters and was read line by line,"
                            + " without lines longer than 100000 characters; split it");
        }
    }

    private static String bomb(String first) {
        StringBuilder bomb = new StringBuilder("a0: &a0 " + first + "\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        return bomb.toString();
    }

    private static List<String> problems(String manifest) throws IOException {
        return scan(manifest).problems().stream().map(ScanProblem::toString).toList();
    }

    private static ImageInventory scan(String manifest) throws IOException {
        return ImageScanner.builder()
                .build()
                .scanManifest("m", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    /** So many bytes without a line break, made as they are read. */
    private static final class EndlessLine extends InputStream {
        private long left;

        private EndlessLine(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
