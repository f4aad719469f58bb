package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a scan leaves nothing behind on the machine and in the process in which it runs. */
@Tag("endurance")
class GoodCitizenTests {
    private static final String ENDLESS = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}";

    /** Where the tests that do not look at it have the engine unpacked, so that it is done once. */
    @TempDir
    private static Path cache;

    @TempDir
    private Path directory;

    private Path context;
    private Path home;

    @BeforeEach
    void needsEngine() throws IOException {
        ChartDirectory.assumeEngine();
        context = Files.createDirectories(directory.resolve("context"));
        home = Files.createDirectories(directory.resolve("home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"childProcess", "inProcess"})
    void asksNoClusterWhenEnvironmentAndHomeNameOne(String renderer) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        cluster.start();
        try {
            Path config = kubeConfig(cluster.getAddress().getPort());
            ChartDirectory.named(context.resolve("charts"), "app")
                    .with(
                            "templates/x.yaml",
                            "{{ if not (lookup \"v1\" \"Secret\" \"a\" \"b\") }}" + ChartDirectory.pod("a/x:1")
                                    + "{{ end }}");
            Map<String, String> environment =
                    Map.of("KUBECONFIG", config.toString(), "XDG_CACHE_HOME", cache.toString());
            try (HostProcess host = HostProcess.start(renderer, context, home, environment, "")) {
                assertThat(host.linesUntil("scanned")).containsExactly("image docker.io/a/x:1", "scanned");
            }
            assertThat(requests).hasValue(0);
        } finally {
            cluster.stop(0);
        }
    }

    private Path kubeConfig(int port) throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {token: t}}]
                current-context: c
                """.formatted(port);
        Files.createDirectories(home.resolve(".kube"));
        return Files.writeString(home.resolve(".kube/config"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"childProcess", "inProcess"})
    void leavesSignalsAndToolsToHostWhenScanned(String renderer) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        assumeTrue(Files.isExecutable(jcmd), "no jcmd beside this Java");
        good("app");
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
        for (String end : endingSignals()) {
            try (HostProcess host = HostProcess.start(renderer, context, home, environment, "")) {
                assertThat(host.linesUntil("scanned")).containsExactly("image docker.io/a/app:1", "scanned");
                assertThat(host.children()).isEmpty();
                host.signal("QUIT");
                assertThat(host.linesUntil("Full thread dump")).isNotEmpty();
                assertThat(HostProcess.run(jcmd.toString(), Long.toString(host.pid()), "Thread.print"))
                        .contains("\"main\"");
                host.signal(end);
                assertThat(host.linesUntil("shut down")).isNotEmpty();
                assertThat(host.hasEnded()).isTrue();
            }
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    /** Without INT where this process ignores it, as in the background of a shell: what it starts ignores it too. */
    private static List<String> endingSignals() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(it -> it.startsWith("SigIgn:"))
                        .anyMatch(it -> (Long.parseUnsignedLong(it.substring(7).strip(), 16) & 2) != 0);
        return ignored ? List.of("TERM", "HUP") : List.of("TERM", "INT", "HUP");
    }

    @Test
    void leavesNothingWhenHostIsKilled() throws Exception {
        ChartDirectory.named(context.resolve("charts"), "app").with("templates/x.yaml", ENDLESS);
        try (HostProcess host = HostProcess.start("childProcess", context, home, Map.of(), "")) {
            List<ProcessHandle> children = awaitChild(host);
            host.signal("KILL");
            assertThat(host.hasEnded()).isTrue();
            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    private List<ProcessHandle> awaitChild(HostProcess host) throws InterruptedException, IOException {
        Instant end = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(end)) {
            // The engine runs once its library was unpacked, which the archive's own name shows.
            boolean unpacked = Files.isDirectory(home.resolve(".cache/sealos-java/helm"))
                    && names(home.resolve(".cache/sealos-java/helm")).stream().anyMatch(it -> it.endsWith(".so"));
            if (unpacked && !host.children().isEmpty()) {
                return host.children();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("there was no child process");
    }

    @Test
    void leavesNothingWhenScanIsOverOrInterrupted() throws Exception {
        good("app");
        ChartDirectory.named(context.resolve("charts"), "zzz").with("templates/x.yaml", ENDLESS);
        long before = ProcessHandle.current().children().count();
        Thread scanning = Thread.currentThread();
        try (ClosingExecutor executor = new ClosingExecutor(1)) {
            Future<Integer> interrupting = executor.submit(() -> {
                while (Stream.of(scanning.getStackTrace())
                        .noneMatch(it -> it.getMethodName().equals("awaitAnswer"))) {
                    Thread.sleep(5);
                }
                scanning.interrupt();
                return 0;
            });
            Instant start = Instant.now();
            assertThatThrownBy(() -> ImageScanner.builder().build().scan(context))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("interrupted while a chart was rendered");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(interrupting.get()).isZero();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"childProcess", "inProcess"})
    void readsUtf8WhenSystemIsAscii(String renderer) throws Exception {
        ChartDirectory.named(context.resolve("charts"), "app")
                .with("values.yaml", "word: größe-日本\n")
                .with("templates/x.yaml", ChartDirectory.pod("a/{{ if eq .Values.word \"größe-日本\" }}x{{ end }}:1"))
                .with("templates/y.yaml", ChartDirectory.pod("a/y:{{ .Values.word | len }}"));
        Map<String, String> ascii = Map.of("LANG", "C", "LC_ALL", "C", "XDG_CACHE_HOME", cache.toString());
        try (HostProcess host = HostProcess.start(renderer, context, home, ascii, "")) {
            assertThat(host.linesUntil("scanned"))
                    .containsExactly("image docker.io/a/x:1", "image docker.io/a/y:14", "scanned");
        }
    }

    @Test
    void agreesWhenScansRunAtTheSameTime() throws Exception {
        for (int i = 0; i < 5; i++) {
            good("app" + i);
        }
        ImageScanner scanner = ImageScanner.builder().build();
        ImageScanner within =
                ImageScanner.builder().chartRenderer(ChartRenderers.inProcess()).build();
        List<ImageReference> expected = scanner.scan(context).references();
        assertThat(expected).hasSize(5);
        List<Callable<List<ImageReference>>> scans = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            scans.add(() -> scanner.scan(context).references());
            scans.add(() -> within.scan(context).references());
        }
        try (ClosingExecutor executor = new ClosingExecutor(6)) {
            for (Future<List<ImageReference>> scan : executor.all(scans)) {
                assertThat(scan.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void agreesWhenProcessesUnpackTheEngineAtTheSameTime() throws Exception {
        good("app");
        List<HostProcess> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hosts.add(HostProcess.start("childProcess", context, home, Map.of(), ""));
        }
        for (HostProcess host : hosts) {
            try (host) {
                assertThat(host.linesUntil("scanned")).containsExactly("image docker.io/a/app:1", "scanned");
            }
        }
        assertThat(names(home.resolve(".cache/sealos-java/helm")))
                .filteredOn(it -> !it.endsWith(".checked"))
                .hasSize(2)
                .anyMatch(it -> it.endsWith(".so"))
                .anyMatch(it -> it.endsWith(".jar"));
    }

    @Test
    void loadsNoLibraryWhenItsDirectoryIsOpenToOthers() throws Exception {
        good("app");
        Path cache = Files.createDirectories(home.resolve(".cache/sealos-java/helm"));
        Map<String, String> noHelm = Map.of("PATH", home.toString());
        try (HostProcess host = HostProcess.start("childProcess", context, home, noHelm, "")) {
            assertThat(host.linesUntil("scanned").get(0))
                    .startsWith(
                            "problem charts/app: the chart does not render: there is no Helm engine: the Helm engine"
                                    + " does not start: the directory " + cache
                                    + " must be yours alone (mode 0700); remove it");
        }
    }

    @Test
    void tellsWhatIsMissingWhenThereIsNoEngine() throws Exception {
        good("app");
        for (String renderer : List.of("childProcess", "inProcess")) {
            Map<String, String> noHelm = Map.of("PATH", home.toString());
            try (HostProcess host = HostProcess.start(renderer, context, home, noHelm, "helm-java")) {
                assertThat(host.linesUntil("scanned").get(0))
                        .isEqualTo(
                                "problem charts/app: the chart does not render: there is no Helm engine: the class path"
                                        + " lacks com.marcnuri.helm-java:helm-java"
                                        + " (com.marcnuri.helm.jni.NativeLibrary), and no helm on the PATH; add"
                                        + " com.marcnuri.helm-java:helm-java as a run-time dependency, install helm, or"
                                        + " provide another engine (ChartRenderer)");
            }
        }
    }

    private void good(String name) throws IOException {
        ChartDirectory.named(context.resolve("charts"), name)
                .with("templates/x.yaml", ChartDirectory.pod("a/{{ .Chart.Name }}:1"));
    }

    private List<String> temporaryFiles() throws IOException {
        return names(home.resolve("tmp"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(it -> it.getFileName().toString())
                    .filter(it -> !it.startsWith("hsperfdata"))
                    .toList();
        }
    }
}
