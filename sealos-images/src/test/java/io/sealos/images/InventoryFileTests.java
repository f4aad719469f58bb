package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryFileTests {
    @TempDir
    private Path context;

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Returns an inventory that has something of everything. */
    private ImageInventory rich(boolean testHooks) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", """
                kubectl apply -f manifests/app.yaml -f gone.yaml -f https://a.example/x.yaml
                helm upgrade -i app charts/app --set mode=ha
                """);
        write("manifests/app.yaml", """
                kind: Pod
                spec: {containers: [{image: "a/b:1", args: ["ctr run docker.io/c/d:1 x"]}, {image: 'a/b:1'}]}
                ---
                {{ c/possible:1
                """);
        write("charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n");
        write("images/shim/list", "c/d:2@sha256:" + "0".repeat(64) + "\nc/d:3\nNo\ndocker-daemon:e/f:1\n");
        write("images/skopeo/tar.txt", "docker-archive:images/skopeo/a.tar@team/a:1\n");
        write(".sealignore", "c/d:3\nnothing");
        return ImageScanner.builder()
                .testHooks(testHooks)
                .chartRenderer(InventoryFileTests::render)
                .scenario(ChartScenario.builder("big").set("size", "big").build())
                .build()
                .scan(context);
    }

    private static RenderedChart render(ChartRenderRequest request) {
        String scenario = request.values().equals(ChartValues.none()) ? "plain" : "set";
        return RenderedChart.of(
                "app",
                List.of(
                        RenderedDocument.of("app/templates/pod.yaml", """
                                metadata: {annotations: {helm.sh/hook: pre-install}}
                                containers: [{image: "a/%s:1"}]
                                """.formatted(scenario)),
                        RenderedDocument.of("app/templates/test.yaml", """
                                metadata: {annotations: {helm.sh/hook: test}}
                                containers: [{image: a/test:1}]
                                """)),
                List.of("for another Kubernetes"));
    }

    @Test
    void parseWhenInventoryWasWrittenGivesAnEqualOne() throws IOException {
        for (boolean testHooks : List.of(true, false)) {
            ImageInventory written = rich(testHooks);
            ImageInventory read = ImageInventory.parse(written.toJson());

            assertThat(written.problems()).hasSizeGreaterThan(2);
            assertThat(written.commandNeeds()).hasSizeGreaterThan(2);
            assertThat(written.scenarios()).hasSizeGreaterThan(1);
            assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
            assertThat(read.toJson()).isEqualTo(written.toJson());
            assertThat(read.references()).isEqualTo(written.references());
            assertThat(read.gaps()).isEqualTo(written.gaps());
            for (ImageReference image : written.references()) {
                assertThat(read.explain(image)).isEqualTo(written.explain(image));
                assertThat(read.occurrences(image)).isEqualTo(written.occurrences(image));
            }
            assertThat(ImageDiff.between(read, written).isEmpty()).isTrue();
        }
        assertThat(rich(true)).isNotEqualTo(rich(false));
    }

    @Test
    void parseWhenTextsHaveUnusualCharactersKeepsThem() throws IOException {
        String manifest = "kind: Pod\nspec: {containers: [{image: 'a/b:1'}, {image: \"no\\u0001ö\\\\\"}]}\n";
        ImageInventory written = ImageScanner.builder()
                .build()
                .scanManifest(
                        "größe \"x\"\\.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));

        assertThat(ImageInventory.parse(written.toJson())).isEqualTo(written);
    }

    @Test
    void parseWhenInventoryIsOfAnEarlierReleaseGivesEmptyLists() throws IOException {
        ImageInventory written = rich(false);
        String earlier = written.toJson().replaceAll("(?m)^ *\"(replaced|siteNeeds)\": \\[\\],\n", "");

        assertThat(earlier).isNotEqualTo(written.toJson());
        assertThat(ImageInventory.parse(earlier)).isEqualTo(written);
    }

    @Test
    void readWhenFileIsThereGivesItsInventory() throws IOException {
        ImageInventory written = rich(false);
        Path file = Files.writeString(context.resolve("inventory.json"), written.toJson());

        assertThat(ImageInventory.read(file)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version": 1|"version": 2|inventory: version: it is 2, and only 1 is known; read it with the release of this library that wrote it, or write it anew from a scan
            "version": 1|"other": 1|inventory: it is not an inventory, because it has no version; write it anew from a scan
            "docker.io/a/b:1"|"a/B:1"|inventory: images[0].reference: 'a/B:1' is not an image reference
            "line": 2|"line": "2"|inventory: images[0].occurrences[0].line: there is no whole number; write it anew from a scan
            "CERTAIN"|"SURE"|inventory: images[0].occurrences[0].confidence: 'SURE' is not one of [CERTAIN, LIKELY, POSSIBLE]; undo the edit, or write it anew from a scan
            "testHooks": false|"testHooks": 0|inventory: testHooks: there is neither true nor false; write it anew from a scan
            "sealos"|"Sealos"|inventory: sealos: there is no object; write it anew from a scan
            "scenarios": []|"scenarios": [1]|inventory: images[0].occurrences[0].scenarios[0]: there is no text; write it anew from a scan
            """)
    void parseWhenTextIsEditedNamesPlaceAndFix(String from, String to, String message) throws IOException {
        String manifest = "kind: Pod\nspec: {containers: [{image: 'a/b:1'}]}\n";
        String json = ImageScanner.builder()
                .build()
                .scanManifest("a.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .toJson();
        String edited = json.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));

        assertThat(edited).isNotEqualTo(json);
        assertThatExceptionOfType(ImageInventoryException.class)
                .isThrownBy(() -> ImageInventory.parse(edited))
                .withMessageStartingWith(message)
                .satisfies(e -> assertThat(e).hasMessage(e.place() + ": " + e.problem() + "; " + e.fix()));
    }

    @Test
    void parseWhenTextIsNoJsonNamesTheLine() {
        assertThatExceptionOfType(ImageInventoryException.class)
                .isThrownBy(() -> ImageInventory.parse("{\n<<<<<<< HEAD\n}"))
                .withMessage("inventory:2:1: it is not JSON; undo the edit, or write it anew from a scan");
        assertThatExceptionOfType(ImageInventoryException.class)
                .isThrownBy(() -> ImageInventory.parse("[".repeat(100_000)));
        assertThatExceptionOfType(ImageInventoryException.class).isThrownBy(() -> ImageInventory.parse(""));
    }

    @Test
    void readWhenFileIsTooLargeRefusesIt() throws IOException {
        Path file = context.resolve("inventory.json");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(ImageInventory.LARGEST + 1);
        }
        assertThatExceptionOfType(ImageInventoryException.class)
                .isThrownBy(() -> ImageInventory.read(file))
                .withMessage(file + ": the file is larger than 256 MiB; write it anew from a scan");
    }
}
