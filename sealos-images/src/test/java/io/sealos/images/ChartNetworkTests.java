package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a chart holds reaches a network or a file outside the chart. */
class ChartNetworkTests {
    @TempDir
    private Path context;

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        ChartDirectory.assumeEngine();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            byte[] schema = "{\"type\":\"integer\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, schema.length);
            exchange.getResponseBody().write(schema);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    static Stream<ChartRenderer> renderers() {
        return Stream.of(ChartRenderers.childProcess(), ChartRenderers.inProcess());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void asksNothingWhenSchemasReferElsewhere(ChartRenderer renderer) throws Exception {
        Path outside = Files.writeString(context.resolve("outside.json"), "{\"type\":\"integer\"}");
        ChartDirectory app = chart("app", schema(address + "/a.json"));
        chart(app.directory().resolve("charts"), "sub", schema(outside.toUri().toString()));
        ChartDirectory.archive(
                app.directory().resolve("charts/packed-0.1.0.tgz"),
                Map.of(
                        "packed/Chart.yaml",
                        ChartDirectory.bytes("apiVersion: v2\nname: packed\nversion: 0.1.0\n"),
                        "packed/values.yaml",
                        ChartDirectory.bytes("config: text\n"),
                        "packed/values.schema.json",
                        ChartDirectory.bytes(schema(address + "/packed.json"))));

        ImageInventory inventory = scan(renderer);

        assertThat(requests).isEmpty();
        assertThat(inventory.references()).extracting(ImageReference::toString).contains("docker.io/a/app:1");
        assertThat(inventory.problems())
                .allMatch(it -> it.kind() == ScanProblem.Kind.NEEDS_NETWORK)
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "charts/app: values.schema.json refers to " + address + "/a.json",
                        "charts/app: charts/packed-0.1.0.tgz/values.schema.json refers to " + address + "/packed.json",
                        "charts/app: charts/sub/values.schema.json refers to " + outside.toUri());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void asksNothingWhenTemplatesWantNamesOrFiles(ChartRenderer renderer) throws Exception {
        Files.writeString(context.resolve("secret"), "a/secret:1");
        chart("app", "{}")
                .with(
                        "templates/y.yaml",
                        ChartDirectory.pod("a/name:{{ getHostByName \"localhost\" | default \"none\" }}"))
                .with(
                        "templates/z.yaml",
                        ChartDirectory.pod("a/file:{{ .Files.Get \"../../secret\" | default \"none\" }}"))
                .with("templates/l.yaml", ChartDirectory.pod("a/look:{{ lookup \"v1\" \"Pod\" \"a\" \"b\" | len }}"));

        assertThat(scan(renderer).references())
                .extracting(ImageReference::toString)
                .containsExactly(
                        "docker.io/a/app:1", "docker.io/a/file:none", "docker.io/a/look:0", "docker.io/a/name:none");
    }

    @Test
    void rendersWithoutSchemaWhenCommandSkipsIt() throws Exception {
        chart("app", "{\"properties\":{\"config\":{\"type\":\"integer\",\"$ref\":\"" + address + "/a.json\"}}}");
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/app --skip-schema-validation\"]\n");

        ImageInventory inventory = scan(ChartRenderers.childProcess());

        assertThat(requests).isEmpty();
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.references()).extracting(ImageReference::toString).containsExactly("docker.io/a/app:1");
    }

    @Test
    void checksSchemaWhenCommandDoesNotSkipIt() throws Exception {
        chart("app", "{\"properties\":{\"config\":{\"type\":\"integer\"}}}");
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/app --skip-schema-validation=false\"]\n");

        assertThat(scan(ChartRenderers.childProcess()).problems())
                .extracting(ScanProblem::message)
                .anySatisfy(it -> assertThat(it).contains("at '/config': got string, want integer"));
    }

    private ImageInventory scan(ChartRenderer renderer) throws IOException {
        return ImageScanner.builder().chartRenderer(renderer).build().scan(context);
    }

    private ChartDirectory chart(String name, String schema) throws IOException {
        return chart(context.resolve("charts"), name, schema);
    }

    private static ChartDirectory chart(Path parent, String name, String schema) throws IOException {
        return ChartDirectory.named(parent, name)
                .with("values.yaml", "config: text\n")
                .with("values.schema.json", schema)
                .with("templates/x.yaml", ChartDirectory.pod("a/" + name + ":1"));
    }

    private static String schema(String address) {
        return "{\"properties\":{\"config\":{\"$ref\":\"" + address + "\"}}}";
    }
}
