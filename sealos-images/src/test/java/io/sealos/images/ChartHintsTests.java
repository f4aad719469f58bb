package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that images in parts of a chart that its templates do not render are shown and never saved. */
class ChartHintsTests {
    private static final String CHART = """
            name: web
            version: 1.0.0
            appVersion: 2.5.0
            annotations:
              artifacthub.io/images: |
                - name: listed
                  image: quay.io/a/listed:1
            """;
    private static final String VALUES = """
            image: {registry: quay.io, repository: a/web, tag: ""}
            exporter: {enabled: false, image: {repository: quay.io/a/exporter, tag: v1@sha256:%1$s}}
            cli: {image: quay.io/a/cli, imageTag: "3"}
            # proxy:
            #   image:
            #     repository: quay.io/a/proxy
            #     tag: "4"
            extraContainers: []
            #  - image: quay.io/a/extra:5
            job: {name: nothing, tag: none}
            """.formatted("0".repeat(64));

    @TempDir
    private Path context;

    @Test
    void showsImagesOfValuesAndListsWhenChartIsDirectory() throws IOException {
        write("charts/web/Chart.yaml", CHART);
        write("charts/web/values.yaml", VALUES);
        write("charts/web/templates/NOTES.txt", "image: quay.io/a/notes:1");
        write("charts/web/crds/a.yaml", "image: quay.io/a/crd:1");
        write("charts/web/templates/job.yaml", "image: quay.io/a/job:6\nimage: quay.io/a/{{ .x }}:7\n");
        assertThat(possible())
                .containsExactly(
                        "quay.io/a/listed:1 chart-annotation web/Chart.yaml:7",
                        "quay.io/a/job:6 template-text web/templates/job.yaml:1",
                        "quay.io/a/web:2.5.0 split-fields web/values.yaml:1",
                        "quay.io/a/exporter:v1@sha256:" + "0".repeat(64) + " split-fields web/values.yaml:2",
                        "quay.io/a/exporter:v1 split-fields web/values.yaml:2",
                        "quay.io/a/cli:3 split-fields web/values.yaml:3",
                        "quay.io/a/proxy:4 comment web/values.yaml:7",
                        "quay.io/a/extra:5 comment web/values.yaml:9");
    }

    @Test
    void readsDependenciesWhenChartIsPacked() throws IOException {
        byte[] database = archive(Map.of(
                "db/Chart.yaml", "name: db\nappVersion: 9.1.0\n".getBytes(StandardCharsets.UTF_8),
                "db/values.yaml", "image: {repository: quay.io/a/db}\n".getBytes(StandardCharsets.UTF_8)));
        byte[] chart = archive(Map.of(
                "web/Chart.yaml", "name: web\n".getBytes(StandardCharsets.UTF_8),
                "web/Images.lock", "images: [{image: quay.io/a/locked:1}]\n".getBytes(StandardCharsets.UTF_8),
                "web/charts/db-1.0.0.tgz", database));
        Files.createDirectories(context.resolve("charts"));
        Files.write(context.resolve("charts/web.tgz"), chart);
        assertThat(possible())
                .containsExactly(
                        "quay.io/a/locked:1 images-lock web/Images.lock:1",
                        "quay.io/a/db:9.1.0 split-fields web/charts/db/values.yaml:1");
    }

    @Test
    void isQuietWhenArchiveOrValuesAreBroken() throws IOException {
        write("charts/web/Chart.yaml", "name: web\nannotations: {images: '- ['}\n");
        write("charts/web/values.yaml", "a: [\nimage: quay.io/a/b:1\n");
        write("charts/web/charts/db.tgz", "no archive");
        assertThat(possible()).containsExactly("quay.io/a/b:1 values-text web/values.yaml:2");
    }

    @Test
    void readsNoMoreOfArchiveThanItsLimitWhenEntryIsBomb() throws IOException {
        ImageInventory inventory = scanArchive(archive(Map.of(
                "web/Chart.yaml", "name: web\n".getBytes(StandardCharsets.UTF_8),
                "web/a/values.yaml", "image: quay.io/a/before:1\n".getBytes(StandardCharsets.UTF_8),
                "web/b/bomb.bin", new byte[210 * 1024 * 1024],
                "web/values.yaml", "image: quay.io/a/behind:1\n".getBytes(StandardCharsets.UTF_8))));
        assertThat(inventory.occurrences())
                .extracting(it -> it.reference().toString())
                .containsExactly("quay.io/a/before:1");
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .containsExactly("charts/web.tgz: the chart's values and texts were read in part:"
                        + " the chart is larger than 104857600 bytes");
    }

    @Test
    void saysSoWhenDependenciesAreNestedDeep() throws IOException {
        byte[] chart = archive(Map.of("deep/Chart.yaml", "name: deep\n".getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < 6; i++) {
            chart = archive(Map.of("web/charts/d.tgz", chart));
        }
        assertThat(scanArchive(chart).problems())
                .extracting(ScanProblem::toString)
                .containsExactly("charts/web.tgz: the chart's values and texts were read in part:"
                        + " its dependencies are nested deeper than 4 levels");
    }

    private ImageInventory scanArchive(byte[] chart) throws IOException {
        Files.createDirectories(context.resolve("charts"));
        Files.write(context.resolve("charts/web.tgz"), chart);
        return ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("web", List.of(), List.of()))
                .build()
                .scan(context);
    }

    @Test
    void showsImagesOfValuesWhenChartDoesNotRender() throws IOException {
        write("charts/web/Chart.yaml", CHART);
        write("charts/web/values.yaml", "image: quay.io/a/b:1\n");
        ImageInventory inventory = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed("nil pointer"))
                .build()
                .scan(context);
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .containsExactly("charts/web: the chart does not render: nil pointer");
        assertThat(inventory.occurrences())
                .extracting(it -> it.chart().orElse("") + " " + it)
                .containsExactly(
                        "web quay.io/a/listed:1 POSSIBLE by chart-annotation at charts/web/Chart.yaml:7 [0].image",
                        "web quay.io/a/b:1 POSSIBLE by image-field at charts/web/values.yaml:1 image");
    }

    private List<String> possible() throws IOException {
        ImageInventory inventory = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("web", List.of(), List.of()))
                .build()
                .scan(context);
        assertThat(inventory.references()).isEmpty();
        assertThat(inventory.problems()).isEmpty();
        return inventory.occurrences().stream()
                .map(it ->
                        it.reference() + " " + it.finder() + " " + it.template().orElse("") + ":" + it.line())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static byte[] archive(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
