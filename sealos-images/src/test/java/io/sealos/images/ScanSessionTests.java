package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanSessionTests {
    private static final String ENDLESS = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}";
    private static final long MEGABYTE = 1024L * 1024;

    @TempDir
    private Path directory;

    private final Set<Long> before = children();

    @BeforeEach
    void needsEngine() {
        ChartDirectory.assumeEngine();
    }

    private static ImageScanner scanner(ChartLimits limits) {
        return ImageScanner.builder()
                .chartRenderer(ChartRenderers.childProcess(limits))
                .build();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** Returns the engines that this test has started, and that still run. */
    private List<ProcessHandle> engines() {
        return ProcessHandle.current()
                .children()
                .filter(it -> it.isAlive() && !before.contains(it.pid()))
                .toList();
    }

    private Path withChart(String name, String template) throws IOException {
        ChartDirectory.named(directory.resolve(name + "/charts"), "app").with("templates/x.yaml", template);
        return directory.resolve(name);
    }

    private Path good(String name) throws IOException {
        return withChart(name, ChartDirectory.pod("a/" + name + ":1"));
    }

    @Test
    void scanWhenDirectoriesAreOfAllKindsGivesWhatSeparateScansGive() throws IOException {
        ChartLimits limits =
                ChartLimits.defaults().withTime(Duration.ofSeconds(20)).withMemory(400 * MEGABYTE);
        ImageScanner scanner = scanner(limits);
        try (ScanSession session = scanner.openSession()) {
            for (Path context : directories()) {
                assertThat(session.scanner().scan(context).toJson())
                        .as(context.toString())
                        .isEqualTo(scanner.scan(context).toJson());
            }
        }
        assertThat(engines()).isEmpty();
    }

    private List<Path> directories() throws IOException {
        Path both = good("both");
        ChartDirectory.named(both.resolve("charts"), "hungry").with("templates/x.yaml", "{{ until 200000000 | len }}");
        Path template = good("template");
        Files.createDirectories(template.resolve("manifests"));
        Files.writeString(template.resolve("manifests/app.yaml.tmpl"), "image: {{ .IMAGE }}\n");
        return List.of(
                good("first"),
                withChart("refused", "{{ fail \"no\" }}"),
                both,
                template,
                withChart("namespace", "{{ if eq .Release.Namespace \"default\" }}{{ fail \"x\" }}{{ end }}"),
                withChart("hungry", "{{ until 200000000 | len }}"),
                withChart("dull", "kind: ConfigMap\n"),
                good("last"));
    }

    @Test
    void scanWhenSeveralDirectoriesHaveChartsUsesOneEngine() throws IOException {
        List<Path> contexts = List.of(good("one"), good("two"), good("three"));
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            assertThat(engines()).isEmpty();
            List<ProcessHandle> used = new ArrayList<>();
            for (Path context : contexts) {
                assertThat(session.scanner().scan(context).references()).hasSize(1);
                used.addAll(engines());
            }
            assertThat(used).hasSize(3).containsOnly(used.get(0));
        }
        assertThat(engines()).isEmpty();
    }

    @Test
    void scanWhenEngineWasKilledInTheMeantimeStartsAnother() throws Exception {
        Path context = good("app");
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            String expected = session.scanner().scan(context).toJson();
            for (int i = 0; i < 2; i++) {
                ProcessHandle killed = engines().get(0);
                killed.destroyForcibly();
                killed.onExit().get(10, TimeUnit.SECONDS);

                assertThat(session.scanner().scan(context).toJson()).isEqualTo(expected);
                assertThat(engines()).hasSize(1).doesNotContain(killed);
            }
        }
        assertThat(engines()).isEmpty();
    }

    @Test
    void scanWhenAChartDoesNotEndStopsItAndRendersTheNext() throws IOException {
        Path endless = withChart("endless", ENDLESS);
        Path good = good("app");
        try (ScanSession session =
                scanner(ChartLimits.defaults().withTime(Duration.ofSeconds(2))).openSession()) {
            for (int i = 0; i < 2; i++) {
                assertThat(session.scanner().scan(good).isComplete()).isTrue();
                assertThat(session.scanner().scan(endless).problems())
                        .map(ScanProblem::message)
                        .containsExactly("the chart does not render: Helm did not finish within 2.0 seconds");
            }
            assertThat(session.scanner().scan(good).isComplete()).isTrue();
        }
        assertThat(engines()).isEmpty();
    }

    @Test
    void scanWhenThreadsShareTheSessionGivesEachItsOwnImages() throws Exception {
        try (ScanSession session = ImageScanner.builder().build().openSession();
                ClosingExecutor executor = new ClosingExecutor(4)) {
            List<Callable<List<ImageReference>>> scans = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Path context = good("app" + i);
                scans.add(() -> session.scanner().scan(context).references());
                expected.add("[docker.io/a/app" + i + ":1]");
            }
            List<String> found = new ArrayList<>();
            for (Future<List<ImageReference>> scan : executor.all(scans)) {
                found.add(scan.get().toString());
            }
            assertThat(found).isEqualTo(expected);
            assertThat(engines()).hasSize(1);
        }
    }

    @Test
    void scanWhenAnEarlierOneWasInterruptedStartsAnotherEngine() throws Exception {
        Path endless = withChart("endless", ENDLESS);
        Path good = good("app");
        Thread scanning = Thread.currentThread();
        try (ScanSession session = ImageScanner.builder().build().openSession();
                ClosingExecutor executor = new ClosingExecutor(1)) {
            Future<Integer> interrupting = executor.submit(() -> {
                while (Stream.of(scanning.getStackTrace())
                        .noneMatch(it -> it.getMethodName().equals("awaitAnswer"))) {
                    Thread.onSpinWait();
                }
                scanning.interrupt();
                return 0;
            });
            assertThatThrownBy(() -> session.scanner().scan(endless))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("interrupted while a chart was rendered");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(interrupting.get()).isZero();
            assertThat(engines()).isEmpty();

            assertThat(session.scanner().scan(good).isComplete()).isTrue();
        }
    }

    @Test
    void scanWhenManyChartsWereRenderedKeepsTheFilesOfTheLastScanOnly() throws IOException {
        Path work = Files.createDirectory(directory.resolve("temporary"));
        String usual = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", work.toString());
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            for (int i = 0; i < 5; i++) {
                session.scanner().scan(good("app" + i));
            }
            assertThat(copiesOfCharts(work)).isOne();
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
        assertThat(work).isEmptyDirectory();
    }

    private static long copiesOfCharts(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(it -> it.endsWith("Chart.yaml")).count();
        }
    }

    @Test
    void scanWhenSessionIsClosedSaysSo() throws IOException {
        ScanSession session = ImageScanner.builder().build().openSession();
        session.close();
        session.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> session.scanner().scan(good("app")))
                .withMessage("the session of the scanner is closed; open another one");
    }

    @Test
    void scanWhenEngineIsMissingFailsAsASeparateScan() throws IOException {
        String home = System.getProperty("java.home");
        Path context = good("app");
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            System.setProperty("java.home", directory.resolve("none").toString());
            String without;
            try {
                without = session.scanner().scan(context).toJson();
                assertThat(without)
                        .isEqualTo(ImageScanner.builder().build().scan(context).toJson());
            } finally {
                System.setProperty("java.home", home);
            }
            assertThat(session.scanner().scan(context).references()).hasSize(1);
        }
    }

    @Test
    void openSessionWhenRendererIsTheCallersUsesIt() throws IOException {
        List<Path> rendered = new ArrayList<>();
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> {
                    rendered.add(request.chart());
                    return RenderedChart.of("app", List.of(), List.of());
                })
                .build();
        Path context = good("app");
        try (ScanSession session = scanner.openSession()) {
            session.scanner().scan(context);
        }
        scanner.scan(context);

        assertThat(rendered).hasSize(2).containsOnly(context.resolve("charts/app"));
    }
}
