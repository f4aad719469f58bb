package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.internal.sealos.SealosName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of sealos against recorded ones, and that what is on it is saved or has a reason of its own; skipped where
 * the records are not at hand.
 */
class SealosConformanceTests {
    @AutoClose
    private static final ScanSession SESSION = ImageScanner.builder().build().openSession();

    @TempDir
    private Path directory;

    @Test
    void listsWhatSealosListsWhenChartsAreRendered() throws IOException {
        Map<String, List<JsonNode>> byVersion = new TreeMap<>();
        for (JsonNode chart : records("charts.jsonl")) {
            byVersion
                    .computeIfAbsent(chart.get("kubeVersion").asText(), version -> new ArrayList<>())
                    .add(chart);
        }
        List<String> differences = new ArrayList<>();
        for (List<JsonNode> charts : byVersion.values()) {
            ChartRenderer rendered = rendered(charts);
            for (JsonNode chart : charts) {
                Path context = context(chart.get("id").asText().replaceAll("\\W", "_"), List.of(chart));
                ImageScanner scanner =
                        ImageScanner.builder().chartRenderer(rendered).build();
                compare(chart, "sealos", scanner.scan(context), differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** All charts at once, because a child process for each takes its time. */
    private ChartRenderer rendered(List<JsonNode> charts) throws IOException {
        String version = charts.get(0).get("kubeVersion").asText();
        RecordingRenderer recording = new RecordingRenderer();
        ImageScanner.builder()
                .kubernetesVersion(version)
                .chartRenderer(recording)
                .build()
                .scan(context(version, charts));
        return recording.recorded();
    }

    private Path context(String name, List<JsonNode> charts) throws IOException {
        Path context = directory.resolve(name);
        Files.createDirectories(context.resolve("charts"));
        for (JsonNode chart : charts) {
            String file = chart.get("chart").asText();
            Files.copy(ConformanceScore.records().orElseThrow().resolve(file), context.resolve(file));
        }
        return context;
    }

    @Test
    void listsWhatSealosListsWhenManifestsAreRead() throws IOException {
        List<String> differences = new ArrayList<>();
        for (JsonNode record : records("contexts.jsonl")) {
            String archive = record.get("context").asText();
            Path context = directory.resolve(archive);
            unpackManifests(ConformanceScore.records().orElseThrow().resolve(archive), context);
            compare(record, "sealos_manifests", SESSION.scanner().scan(context), differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(JsonNode record, String field, ImageInventory inventory, List<String> differences) {
        TreeSet<String> expected = new TreeSet<>();
        record.get(field).forEach(it -> expected.add(SealosName.of(ImageReference.parse(it.asText()))));
        List<String> images = inventory.sealosCompat().images();
        if (!images.equals(List.copyOf(expected))) {
            differences.add(record.get("id").asText() + ": " + images + " instead of " + expected);
        }
        inventory.sealosCompat().inventions().stream()
                .filter(it -> it.reason().startsWith("nothing runs an image"))
                .forEach(it -> differences.add(record.get("id").asText() + " misses " + it));
    }

    private static void unpackManifests(Path archive, Path to) throws IOException {
        Files.createDirectories(to);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst("^(\\./)?context/", "");
                if (entry.isFile() && name.startsWith("manifests/")) {
                    write(to.resolve(name), tar);
                }
            }
        }
    }

    private static void write(Path file, InputStream content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(content, file);
    }

    private static List<JsonNode> records(String file) throws IOException {
        Path directory = ConformanceScore.records().orElse(null);
        assumeTrue(directory != null, "no recorded images");
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(file))) {
            records.add(new ObjectMapper().readTree(line));
        }
        return records;
    }

    /** The engine, and what it made of each chart. */
    private static final class RecordingRenderer implements ChartRenderer {
        private final ChartRenderer engine = ChartRenderers.childProcess();
        private final Map<Path, RenderedChart> charts = new HashMap<>();

        @Override
        public RenderedChart render(ChartRenderRequest request) throws IOException {
            return renderAll(List.of(request)).get(0);
        }

        @Override
        public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
            List<RenderedChart> rendered = engine.renderAll(requests);
            for (int i = 0; i < requests.size(); i++) {
                charts.put(requests.get(i).chart().getFileName(), rendered.get(i));
            }
            return rendered;
        }

        ChartRenderer recorded() {
            return request -> Objects.requireNonNull(charts.get(request.chart().getFileName()));
        }
    }
}
