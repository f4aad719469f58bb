package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts that attack whoever renders them: each ends with an error, and the chart beside it is rendered. */
@Tag("endurance")
class HostileChartTests {
    private static final long MEGABYTE = 1024L * 1024;

    private final ChartLimits limits =
            ChartLimits.defaults().withTime(Duration.ofSeconds(30)).withMemory(400 * MEGABYTE);

    @TempDir
    private Path context;

    @Test
    void givesUpWhenLoopDoesNotEnd() throws IOException {
        String loop = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}";
        assertThat(reason(limits.withTime(Duration.ofSeconds(2)), loop))
                .isEqualTo("Helm did not finish within 2.0 seconds");
    }

    @Test
    void givesUpWhenMemoryRunsAway() throws IOException {
        assertThat(reason(limits, "{{ until 200000000 | len }}"))
                .isEqualTo("Helm's process ended: it took more than 419430400 bytes of memory");
    }

    @Test
    void givesUpWhenOutputIsOneGigabyte() throws IOException {
        String text = "{{ $k := repeat 1024 \"x\" }}{{ range until 1048576 }}{{ $k }}{{ end }}";
        assertThat(reason(limits, text)).isEqualTo("Helm's process ended: it took more than 419430400 bytes of memory");
    }

    @Test
    void refusesWhenOutputIsLargerThanItsLimit() throws IOException {
        String text = "# {{ repeat 2000000 \"x\" }}";
        assertThat(reason(limits.withOutput(MEGABYTE), text)).isEqualTo("the chart renders to more than 1048576 bytes");
    }

    @Test
    void tellsHelmsWordsWhenIncludeRecursesForEver() throws IOException {
        assertThat(reason(limits, "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"))
                .contains("bad/templates/x.yaml:1:")
                .contains("rendering template has a nested reference name: a");
    }

    @Test
    void refusesWhenArchiveClimbsOutOrIsAbsolute() throws IOException {
        for (String name : List.of("bad/../../Chart.yaml", "/etc/Chart.yaml", "bad\\..\\..\\x", "C:\\x")) {
            Path archive = context.resolve("charts/bad.tgz");
            ChartDirectory.archive(archive, Map.of(name, ChartDirectory.bytes("name: bad")));
            assertThat(archiveReason(archive))
                    .isEqualTo("the archive has an entry outside its directory: '" + name + "'");
        }
    }

    @Test
    void followsNoLinkWhenArchiveHasOne() throws IOException {
        ChartDirectory.assumeEngine();
        Path secret = Files.writeString(context.resolve("secret.yaml"), ChartDirectory.pod("a/secret:1"));
        Path archive = context.resolve("charts/bad.tgz");
        ChartDirectory.archive(archive, tar -> {
            ChartDirectory.put(
                    tar,
                    new TarArchiveEntry("bad/Chart.yaml"),
                    ChartDirectory.bytes("apiVersion: v2\nname: bad\nversion: 0.1.0\n"));
            TarArchiveEntry link = new TarArchiveEntry("bad/templates/x.yaml", TarConstants.LF_SYMLINK);
            link.setLinkName(secret.toString());
            ChartDirectory.put(tar, link, new byte[0]);
        });
        ImageInventory inventory = ImageScanner.builder().build().scan(context);
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.occurrences()).isEmpty();
    }

    @Test
    void refusesWhenDirectoryLinksOut() throws IOException {
        Files.writeString(context.resolve("secret.yaml"), ChartDirectory.pod("a/secret:1"));
        Path chart = ChartDirectory.named(context.resolve("charts"), "bad").directory();
        Path templates = Files.createDirectories(chart.resolve("templates"));
        Files.createSymbolicLink(templates.resolve("x.yaml"), context.resolve("secret.yaml"));
        assertThat(archiveReason(chart)).isEqualTo("the link templates/x.yaml leads out of the chart");
        Files.delete(templates.resolve("x.yaml"));
        Files.createSymbolicLink(templates.resolve("all"), Path.of("/"));
        assertThat(archiveReason(chart)).isEqualTo("the link templates/all leads out of the chart");
    }

    @Test
    void refusesWhenArchiveIsBomb() throws IOException {
        Path archive = context.resolve("charts/bad.tgz");
        ChartDirectory.archive(archive, Map.of("bad/zeros", new byte[64 << 20]));
        ChartRenderer renderer = ChartRenderers.childProcess(limits.withChartSize(MEGABYTE));
        assertThat(renderer.render(ChartRenderRequest.of(archive, ChartValues.none(), "1.31.0"))
                        .failure())
                .contains("the chart is larger than 1048576 bytes");
        ChartDirectory.archive(archive, tar -> {
            TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            ChartDirectory.put(tar, name, new byte[8 << 20]);
            ChartDirectory.put(tar, new TarArchiveEntry("bad/x"), new byte[0]);
        });
        assertThat(renderer.render(ChartRenderRequest.of(archive, ChartValues.none(), "1.31.0"))
                        .failure())
                .contains("the chart is larger than 1048576 bytes");
    }

    @Test
    void tellsReasonWhenArchiveIsBroken() throws IOException {
        Path archive = context.resolve("charts/bad.tgz");
        Files.createDirectories(archive.getParent());
        Files.writeString(archive, "no archive");
        assertThat(archiveReason(archive)).isEqualTo("Not in GZIP format");
        ChartDirectory.archive(archive, Map.of("bad/Chart.yaml", new byte[100_000]));
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 100));
        assertThat(archiveReason(archive)).isEqualTo("Unexpected end of ZLIB input stream");
    }

    private String archiveReason(Path chart) throws IOException {
        return ChartRenderers.childProcess(limits)
                .render(ChartRenderRequest.of(chart, ChartValues.none(), "1.31.0"))
                .failure()
                .orElse("");
    }

    /** Why a chart with the template does not render; the chart beside it must. */
    private String reason(ChartLimits limits, String template) throws IOException {
        ChartDirectory.assumeEngine();
        ChartDirectory.named(context.resolve("charts"), "bad").with("templates/x.yaml", template);
        ChartDirectory.named(context.resolve("charts"), "good")
                .with("templates/x.yaml", ChartDirectory.pod("a/good:1"));
        ImageInventory inventory = ImageScanner.builder()
                .chartRenderer(ChartRenderers.childProcess(limits))
                .build()
                .scan(context);
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/good:1");
        assertThat(inventory.problems()).hasSize(1);
        return inventory.problems().get(0).message().replace("the chart does not render: ", "");
    }
}
