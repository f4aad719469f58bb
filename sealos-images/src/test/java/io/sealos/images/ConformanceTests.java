package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against references that were recorded from real charts; skipped where the records are not at hand. */
class ConformanceTests {
    private static final Set<String> NOT_SAVED = Set.of("notes", "crdfile", "testhook");
    /** Istio writes it where its webhook puts the image at run time. */
    private static final String PLACEHOLDER = "auto";

    @TempDir
    private Path contexts;

    @Test
    void findsEveryRecordedReferenceWhenChartsAreRendered() throws IOException {
        Path records = records().orElse(null);
        assumeTrue(records != null, "no recorded charts");
        Map<String, List<JsonNode>> byVersion = new TreeMap<>();
        for (String line : Files.readAllLines(records.resolve("charts.jsonl"))) {
            JsonNode chart = new ObjectMapper().readTree(line);
            byVersion
                    .computeIfAbsent(chart.get("kubeVersion").asText(), version -> new ArrayList<>())
                    .add(chart);
        }
        Set<String> missing = new TreeSet<>();
        for (List<JsonNode> charts : byVersion.values()) {
            missing.addAll(missing(records, charts));
        }
        assertThat(missing).isEmpty();
    }

    private Set<String> missing(Path records, List<JsonNode> charts) throws IOException {
        String version = charts.get(0).get("kubeVersion").asText();
        Path context = context(records, version, charts);
        ImageInventory inventory =
                ImageScanner.builder().kubernetesVersion(version).build().scan(context);
        assertThat(inventory.problems()).isEmpty();
        Set<String> missing = new TreeSet<>();
        for (JsonNode chart : charts) {
            Set<ImageReference> wanted = wanted(chart);
            inventory.occurrences().stream()
                    .filter(it -> it.file().equals(chart.get("chart").asText()))
                    .filter(it -> it.confidence().isSaved() && !it.isTestHook())
                    .forEach(it -> wanted.remove(it.reference().withDefaultTag()));
            wanted.forEach(it -> missing.add(chart.get("id").asText() + " " + it));
        }
        return missing;
    }

    private Path context(Path records, String version, List<JsonNode> charts) throws IOException {
        Path context = contexts.resolve(version);
        Files.createDirectories(context.resolve("charts"));
        for (JsonNode chart : charts) {
            String file = chart.get("chart").asText();
            Files.copy(records.resolve(file), context.resolve(file));
        }
        return context;
    }

    private static Set<ImageReference> wanted(JsonNode chart) {
        Set<ImageReference> wanted = new TreeSet<>();
        chart.get("images").properties().stream()
                .filter(place -> !NOT_SAVED.contains(place.getKey()))
                .forEach(place -> addAll(wanted, place.getValue()));
        addAll(wanted, chart.get("split"));
        return wanted;
    }

    private static void addAll(Set<ImageReference> wanted, JsonNode names) {
        for (JsonNode name : names) {
            if (!name.asText().equals(PLACEHOLDER)) {
                wanted.add(ImageReference.parse(name.asText()).withDefaultTag());
            }
        }
    }

    static Optional<Path> records() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path records = folder.resolve("shared/conformance/images");
            if (Files.isDirectory(records)) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }
}
