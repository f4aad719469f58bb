package io.sealos.oci.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of the guide that builds in the background, in a process of its own. */
class BackgroundExampleTests {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void compile() throws IOException {
        context = Files.createDirectory(directory.resolve("shop"));
        String source = EXAMPLE.matcher(Files.readString(Path.of("../docs/guide.md")))
                .results()
                .map(example -> example.group(1))
                .filter(example -> example.contains("class Background "))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(directory.resolve("Background.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        int problems = compiler.run(
                null, null, null, "-proc:none", "-cp", classPath, "-d", directory.toString(), file.toString());
        assertThat(problems).isZero();
    }

    @Test
    void mainWhenBuildSucceedsShowsTheResult() throws Exception {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Process process = start();

        List<String> lines = output(process).lines().toList();

        assertThat(process.waitFor()).isZero();
        assertThat(lines.get(lines.size() - 2)).startsWith("oci-archive:out/shop.tar: sha256:");
        assertThat(lines)
                .last()
                .asString()
                .startsWith("{\"state\":\"complete\",\"current\":\"write\",\"percent\":100,");
        assertThat(names(directory.resolve("out"))).containsExactly("shop.tar");
    }

    /** The registry accepts connections and never answers. */
    @Test
    void mainWhenProcessIsTerminatedCancelsTheBuildAndLeavesNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(context.resolve("images/shim"));
            Files.writeString(
                    context.resolve("images/shim/list"), "127.0.0.1:" + silent.getLocalPort() + "/team/app:1\n");
            Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
            Process process = start();
            assumeThat(process.supportsNormalTermination()).as("SIGTERM").isTrue();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                String line = lines.readLine();
                while (line != null && !line.contains("\"current\":\"resolve\"")) {
                    line = lines.readLine();
                }
                assertThat(line)
                        .as(() -> errors() + " (ended: " + !process.isAlive() + ")")
                        .isNotNull();
                process.toHandle().destroy();
                while (line != null && !line.contains("\"state\":\"cancelled\"")) {
                    line = lines.readLine();
                }
                assertThat(line).as(this::errors).isNotNull();
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(directory.resolve("out")).doesNotExist();
        Path store = directory.resolve("cache/sealos-java");
        assertThat(store.resolve("incoming")).isEmptyDirectory();
        assertThat(store.resolve("leases")).isEmptyDirectory();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                directory + System.getProperty("path.separator") + classPath(),
                "Background");
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        return builder.directory(directory.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
    }

    /** The class path of this process, whose relative parts would mean something else in another directory. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(separator), -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .reduce((one, other) -> one + separator + other)
                .orElseThrow();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
