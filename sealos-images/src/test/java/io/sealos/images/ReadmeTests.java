package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTests {
    @TempDir
    private Path contextDirectory;

    @Test
    void printsImagesWithReasonsWhenExampleIsRun() throws IOException {
        Files.createDirectories(contextDirectory.resolve("images/shim"));
        Files.writeString(contextDirectory.resolve("images/shim/list"), "nginx:1\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            runExample(out);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "docker.io/library/nginx:1 is saved", "  images/shim/list:1", "    CERTAIN by shim-list");
    }

    @Test
    void printsATableWhenTwoDirectoriesDiffer() throws IOException {
        for (String name : List.of("main", "pull")) {
            Files.createDirectories(contextDirectory.resolve(name + "/images/shim"));
            Files.writeString(contextDirectory.resolve(name + "/images/shim/list"), "a/" + name + ":1\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            compare(out, contextDirectory.resolve("main"), contextDirectory.resolve("pull"));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("| added | `docker.io/a/pull` |  | `1` |\n")
                .contains("| removed | `docker.io/a/main` | `1` |  |\n");
    }

    @Test
    void scansAllDirectoriesOfTheExample() throws IOException {
        Files.createDirectories(contextDirectory.resolve("images/shim"));
        Files.writeString(contextDirectory.resolve("images/shim/list"), "nginx:1\n");

        assertThat(scanAll(ImageScanner.builder().build(), List.of(contextDirectory))
                        .values())
                .singleElement()
                .satisfies(it -> assertThat(it.references()).hasSize(1));
    }

    @Test
    void printsTheSwitchesOfTheExample() throws IOException {
        Files.createDirectories(contextDirectory.resolve("charts/app/templates"));
        Files.writeString(
                contextDirectory.resolve("charts/app/Chart.yaml"), "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        Files.writeString(contextDirectory.resolve("charts/app/values.yaml"), "logs: {enabled: false}\n");
        Files.writeString(contextDirectory.resolve("charts/app/templates/pod.yaml"), """
                {{ if .Values.logs.enabled }}
                {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a/logs:1}]}}
                {{ end }}
                """);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            whatIf(out);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("""
                charts/app/values.yaml:1: --set logs.enabled=true would add
                  docker.io/a/logs:1
                """);
    }

    private void whatIf(PrintStream out) throws IOException {
        ImageScanner scanner =
                ImageScanner.builder().whatIf(WhatIfLimits.defaults()).build();
        scanner.scan(contextDirectory).whatIf().ifPresent(it -> out.print(it.toText()));
    }

    private static Map<Path, ImageInventory> scanAll(ImageScanner scanner, List<Path> directories) throws IOException {
        Map<Path, ImageInventory> inventories = new LinkedHashMap<>();
        try (ScanSession session = scanner.openSession()) {
            for (Path directory : directories) {
                inventories.put(directory, session.scanner().scan(directory));
            }
        }
        return inventories;
    }

    private static void compare(PrintStream out, Path mainBranch, Path pullRequest) throws IOException {
        ImageScanner scanner = ImageScanner.builder().build();
        ImageDiff diff = ImageDiff.between(scanner.scan(mainBranch), scanner.scan(pullRequest));
        out.print(diff.toMarkdown());
    }

    @Test
    void showsSameExamplesAsThisTest() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/sealos/images/ReadmeTests.java"));
        Matcher example =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(example.results().toList())
                .hasSize(5)
                .allSatisfy(it -> assertThat(source.replaceAll("\\s+", " "))
                        .contains(it.group(1).strip().replaceAll("\\s+", " ")));
    }

    @Test
    void asksRulesAndFindersOfTheExample() throws IOException {
        String manifest = """
                {apiVersion: monitoring.coreos.com/v1, kind: Prometheus, spec: {image: prometheus}}
                ---
                {apiVersion: elasticsearch.k8s.elastic.co/v1, kind: Elasticsearch, spec: {version: 8.11.0}}
                ---
                {apiVersion: deploy.example.com/v1, kind: Wave, spec: {mirrors: [mirror.example/a:1]}}
                """;
        assertThat(withRules()
                        .scanManifest("m.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                        .references())
                .extracting(ImageReference::familiarString)
                .containsExactly(
                        "docker.elastic.co/elasticsearch/elasticsearch:8.11.0", "prometheus", "mirror.example/a:1");
    }

    private static ImageScanner withRules() {
        ImageScanner scanner = ImageScanner.builder()
                .rule(ImageRule.of("monitoring.coreos.com", "Prometheus", "spec.image"))
                .rule(ImageRule.of("deploy.example.com", "Wave", "spec.mirrors[*]"))
                .finder(field -> field.isIn("elasticsearch.k8s.elastic.co", "Elasticsearch")
                                && field.path().equals("spec.version")
                        ? List.of(ImageReference.parse("docker.elastic.co/elasticsearch/elasticsearch:" + field.text()))
                        : List.of())
                .build();
        return scanner;
    }

    private void runExample(PrintStream out) throws IOException {
        ImageScanner scanner =
                ImageScanner.builder().kubernetesVersion("1.31.0").build();
        ImageInventory inventory = scanner.scan(contextDirectory);
        for (ImageReference image : inventory.references()) {
            out.println(inventory.explain(image));
        }
        inventory.gaps().forEach(out::println);
    }
}
