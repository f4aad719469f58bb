package io.sealos.oci.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutIndexTests {
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String OTHER = "sha256:" + "2".repeat(64);
    private static final String PLAIN =
            "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"%s\",\"size\":7}";
    private static final String TAGGED = "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"digest\":\"%s\",\"size\":7,\"annotations\":{\"io.containerd.image.name\":\"%s\","
            + "\"org.opencontainers.image.ref.name\":\"%2$s\"}}";

    @TempDir
    Path directory;

    @Test
    void ofWhenThereAreTagsHasAnEntryForEach() throws IOException {
        assertThat(text(LayoutIndex.of(image(ONE), Map.of(), List.of("a:1", "b:1"))))
                .isEqualTo(index(TAGGED.formatted(ONE, "a:1"), TAGGED.formatted(ONE, "b:1")));
    }

    @Test
    void withWhenTagPointsElsewhereMovesIt() throws IOException {
        String before = index(TAGGED.formatted(OTHER, "a:1"), TAGGED.formatted(OTHER, "b:1"));

        assertThat(with(before, ONE, "a:1"))
                .isEqualTo(index(TAGGED.formatted(OTHER, "b:1"), TAGGED.formatted(ONE, "a:1")));
    }

    @Test
    void withWhenThereAreNoTagsReplacesThePlainEntryOfTheImage() throws IOException {
        String before = index(PLAIN.formatted(ONE), PLAIN.formatted(OTHER), TAGGED.formatted(ONE, "a:1"));

        assertThat(with(before, ONE))
                .isEqualTo(index(PLAIN.formatted(OTHER), TAGGED.formatted(ONE, "a:1"), PLAIN.formatted(ONE)));
    }

    @Test
    void withWhenOthersWroteMoreKeepsIt() throws IOException {
        String odd =
                "{\"digest\":7,\"size\":12345678901234567890,\"annotations\":[\"é\\u2028\",2.5,null,true,1E+400,0.10],\"x\":{}}";
        String before =
                "{ \"annotations\":{\"a\":\"\\\"b\\\\\"}, \"manifests\":[ " + odd + ",[],\"text\" ],\"n\":[-1]}";

        assertThat(with(before, ONE))
                .isEqualTo("{\"annotations\":{\"a\":\"\\\"b\\\\\"},\"manifests\":[" + odd.replace("\\u2028", "\u2028")
                        + ",[],\"text\"," + PLAIN.formatted(ONE) + "],\"n\":[-1]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{}", "{\"manifests\":{}}", "{\"a\":{\"manifests\":[]}}"})
    void readWhenThereIsNoListOfManifestsSaysSo(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("index.json"), json);

        assertThatIOException()
                .isThrownBy(() -> LayoutIndex.read(file))
                .withMessage(file + " is not an index of images: it has no list 'manifests'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "{\"manifests\":[}", "{\"manifests\":[{\"a\":1}]", "x"})
    void readWhenItIsNoJsonSaysSo(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("index.json"), json);

        assertThatIOException()
                .isThrownBy(() -> LayoutIndex.read(file))
                .withMessage(file + " is not JSON, so the layout is broken; write to another directory");
    }

    @Test
    void readWhenSomethingCannotBeCopiedSaysSoBeforeAnythingIsWritten() throws IOException {
        Path file = directory.resolve("index.json");
        byte[] noUtf8 = "{\"manifests\":[{\"digest\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);
        noUtf8[noUtf8.length - 5] = (byte) 0xff;
        byte[] longNumber = ("{\"manifests\":[" + "1".repeat(2000) + "]}").getBytes(StandardCharsets.UTF_8);

        for (byte[] json : List.of(noUtf8, longNumber)) {
            Files.write(file, json);
            assertThatIOException()
                    .isThrownBy(() -> LayoutIndex.read(file))
                    .withMessage(file + " is not JSON, so the layout is broken; write to another directory");
        }
    }

    private String with(String before, String digest, String... tags) throws IOException {
        Path file = Files.writeString(directory.resolve("index.json"), before);
        return text(LayoutIndex.read(file).with(image(digest), Map.of(), List.of(tags)));
    }

    private static String index(String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
    }

    private static Descriptor image(String digest) {
        return new Descriptor(MediaTypes.OCI_MANIFEST, Digest.parse(digest), 7, null);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
