package io.sealos.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.SampleImage;
import io.sealos.oci.trust.BillOfMaterials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.parsers.JsonParser;

/** A context with a chart, a manifest, a list and other files, and their images at a registry. */
final class BillFixture {
    static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec:
              containers:
                - name: main
                  image: %s
            """;

    final Path context;
    final InProcessRegistry registry;

    BillFixture(Path context, InProcessRegistry registry) throws IOException {
        this.context = context;
        this.registry = registry;
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash\", \"opt/install.sh\"]\n");
        write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.2.3+a\n");
        write("charts/web/values.yaml", "image: registry.example/team/web:2.0\n");
        write("charts/web/templates/pod.yaml", POD.formatted("web", "\"{{ .Values.image }}\""));
        write("charts/web/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n");
        write("charts/web/charts/db/templates/pod.yaml", POD.formatted("db", "registry.example/db:1"));
        write("manifests/app.yaml", POD.formatted("app", "docker.io/library/nginx:1.25"));
        write("images/shim/list", "quay.io/tools/shell:9\n");
        write("opt/install.sh", "echo ready\n");
        registry.serve("docker.io", "quay.io", "registry.example");
    }

    void putImages() throws IOException {
        registry.putImage("registry.example/team/web:2.0");
        registry.putImage("registry.example/db:1");
        registry.putImage(
                "docker.io/library/nginx:1.25",
                SampleImage.of("linux/amd64", "linux/arm64")
                        .withLabel("org.opencontainers.image.licenses", "BSD-2-Clause OR MIT")
                        .withLabel("org.opencontainers.image.vendor", "NGINX Docker Maintainers")
                        .withLabel("org.opencontainers.image.source", "https://github.com/nginx/docker-nginx"));
        registry.putImage(
                "quay.io/tools/shell:9",
                SampleImage.of("linux/amd64").withLabel("org.opencontainers.image.licenses", "Our own license"));
    }

    void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    ClusterImageBuilder builder(Path store) {
        return ClusterImage.builder()
                .context(context)
                .tag("labring/shop:v1")
                .platform("linux/amd64")
                .registryAccess(registry.access())
                .contentStore(store)
                .billOfMaterials(true);
    }

    /** {@return the bill as JSON, after it was found to be valid by the schema} */
    static JsonNode valid(BillOfMaterials bill) throws IOException {
        byte[] json = bill.toJson().getBytes(StandardCharsets.UTF_8);
        JsonParser parser = new JsonParser();
        List<String> problems = new ArrayList<>();
        parser.validate(json, Version.VERSION_16).forEach(problem -> problems.add(problem.getMessage()));
        if (!problems.isEmpty()) {
            throw new AssertionError(problems + " in " + bill.toJson());
        }
        try {
            parser.parse(json);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
        return new ObjectMapper().readTree(json);
    }

    static JsonNode component(JsonNode bill, String ref) {
        return stream(bill.path("components"))
                .filter(it -> it.path("bom-ref").asText().startsWith(ref))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ref + " is not in " + bill.toPrettyString()));
    }

    static List<String> dependencies(JsonNode bill, String ref) {
        return stream(bill.path("dependencies"))
                .filter(it -> it.path("ref").asText().startsWith(ref))
                .flatMap(it -> stream(it.path("dependsOn")))
                .map(it -> it.asText().replaceFirst("@sha256:[0-9a-f]{64}", ""))
                .toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
