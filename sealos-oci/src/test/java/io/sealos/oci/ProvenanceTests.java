package io.sealos.oci;

import static io.sealos.oci.BillFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.trust.Provenance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTests {
    private static final URI BUILDER = URI.create("https://ci.example.com/builders/release@v1");

    @TempDir
    Path directory;

    private InProcessRegistry registry;
    private BillFixture fixture;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        fixture = new BillFixture(Files.createDirectory(directory.resolve("context")), registry);
        fixture.putImages();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ClusterImageBuilder builder() {
        return fixture.builder(directory.resolve("store"))
                .billOfMaterials(false)
                .provenance(BUILDER);
    }

    private BuildResult build(ClusterImageBuilder builder) throws IOException {
        return builder.build().writeTo(OciLayout.archive(directory.resolve("shop.tar")));
    }

    private static JsonNode json(BuildResult done) throws IOException {
        return new ObjectMapper().readTree(done.provenance().orElseThrow().toJson());
    }

    private static JsonNode parameters(JsonNode statement) {
        return statement.path("predicate").path("buildDefinition").path("externalParameters");
    }

    private static List<JsonNode> dependencies(JsonNode statement, String kind) {
        return stream(statement.path("predicate").path("buildDefinition").path("resolvedDependencies"))
                .filter(it -> it.path("annotations").path("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void writeToWhenAskedSaysFromWhatTheImageWasBuilt() throws IOException {
        BuildResult done = build(builder().buildArg("VERSION", "1").label("team", "shop"));

        JsonNode statement = json(done);
        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.path("subject").toString())
                .isEqualTo("[{\"name\":\"docker.io/labring/shop:v1\",\"digest\":{\"sha256\":\""
                        + done.digest().hex() + "\"}}]");
        assertThat(parameters(statement).toString())
                .isEqualTo("{\"buildFiles\":[{\"name\":\"Kubefile\",\"digest\":{\"sha256\":\""
                        + Digests.sha256(Files.readString(fixture.context.resolve("Kubefile")))
                                .hex()
                        + "\"}}],\"platforms\":[\"linux/amd64\"],\"tags\":[\"docker.io/labring/shop:v1\"],"
                        + "\"buildArgs\":{\"VERSION\":\"1\"},\"env\":{},\"labels\":{\"team\":\"shop\"},"
                        + "\"annotations\":{},\"saveImages\":true,\"created\":\"1970-01-01T00:00:00Z\","
                        + "\"withheld\":[]}");
        JsonNode builder = statement.path("predicate").path("runDetails").path("builder");
        assertThat(builder.path("id").asText()).isEqualTo(BUILDER.toString());
        assertThat(builder.path("version")
                        .path("com.marcnuri.helm-java:helm-java")
                        .asText())
                .matches("\\d+\\.\\d+\\.\\d+");
        Provenance provenance = done.provenance().orElseThrow();
        assertThat(provenance.subjects()).containsExactly(done.digest());
        assertThat(provenance.builder()).isEqualTo(BUILDER.toString());
        assertThat(done.billOfMaterials()).isEmpty();
    }

    @Test
    void writeToWhenAskedNamesEverySavedImageWithItsDigest() throws IOException {
        BuildResult done = build(builder());

        assertThat(dependencies(json(done), "saved image"))
                .map(it -> ImageReference.parse(it.path("name").asText())
                        .withDigest(Digest.parse(
                                "sha256:" + it.path("digest").path("sha256").asText()))
                        .toString())
                .containsExactlyInAnyOrderElementsOf(done.lock().entries().stream()
                        .map(it -> it.reference().withDigest(it.digest()).toString())
                        .toList());
        assertThat(dependencies(json(done), "saved image"))
                .allSatisfy(it -> assertThat(it.path("uri").asText()).startsWith("pkg:oci/"));
    }

    @Test
    void writeToWhenAskedHasTheHashOfTheFilesThatInTotoDefines() throws IOException {
        String lines;
        try (var files = Files.walk(fixture.context)) {
            lines = files.filter(Files::isRegularFile)
                    .map(file -> fixture.context.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .map(name -> hash(name) + "  " + name + "\n")
                    .collect(Collectors.joining());
        }

        List<JsonNode> contexts = dependencies(json(build(builder())), "context");

        assertThat(contexts).hasSize(1);
        assertThat(contexts.get(0).path("digest").path("dirHash").asText())
                .isEqualTo(Digests.sha256(lines).hex());
    }

    private String hash(String name) {
        try {
            return Digests.sha256(Files.readAllBytes(fixture.context.resolve(name)))
                    .hex();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writeToWhenValuesMayBeSecretLeavesThemOut() throws IOException {
        ClusterImageBuilder builder = builder()
                .buildArg("DB_PASSWORD", "hunter2")
                .buildArg("SSH_KEY", "abc")
                .buildArg("signingKey", "abc")
                .buildArg("PROXY", "http://me:hunter2@proxy.example:80/")
                .buildArg("PEM", "-----BEGIN RSA")
                .buildArg("MONKEY", "visible")
                .buildArg("URL", "https://example.com/a@b")
                .buildArg("LONG", "x".repeat(5000))
                .env("githubToken", "hunter2")
                .env("PLAIN", "visible")
                .label("site", "internal-site")
                .provenance(BUILDER, "site");

        JsonNode statement = json(build(builder));

        assertThat(statement.toString()).doesNotContain("hunter2", "internal-site", "abc\"", "BEGIN", "xxx");
        assertThat(parameters(statement).path("buildArgs").toString())
                .isEqualTo("{\"MONKEY\":\"visible\",\"URL\":\"https://example.com/a@b\"}");
        assertThat(parameters(statement).path("env").toString()).isEqualTo("{\"PLAIN\":\"visible\"}");
        assertThat(stream(parameters(statement).path("withheld")).map(JsonNode::asText))
                .containsExactly(
                        "buildArgs.DB_PASSWORD",
                        "buildArgs.LONG",
                        "buildArgs.PEM",
                        "buildArgs.PROXY",
                        "buildArgs.SSH_KEY",
                        "buildArgs.signingKey",
                        "env.githubToken",
                        "labels.site");
    }

    @Test
    void writeToWhenBuiltAgainGivesTheSameProvenance() throws IOException {
        Provenance first = build(builder()).provenance().orElseThrow();

        assertThat(build(builder()).provenance()).contains(first);
        assertThat(build(builder().buildArg("A", "1")).provenance().orElseThrow())
                .isNotEqualTo(first);
    }

    @Test
    void writeToWhenSeveralPlatformsAreBuiltNamesEachManifest() throws IOException {
        for (String image :
                List.of("registry.example/team/web:2.0", "registry.example/db:1", "quay.io/tools/shell:9")) {
            registry.putImage(image, "linux/amd64", "linux/arm64");
        }

        BuildResult done = build(builder().platform("linux/arm64"));

        assertThat(done.provenance().orElseThrow().subjects())
                .containsExactly(
                        done.digest(),
                        done.platformResults().get(0).digest(),
                        done.platformResults().get(1).digest());
        assertThat(dependencies(json(done), "context")).hasSize(2);
    }

    @Test
    void writeToWhenThereIsABaseImageNamesItAndOnlyTheFilesOfTheBuildAreItsContext() throws IOException {
        registry.serve("base.example");
        Digest base = registry.putImage("base.example/rootfs:1");
        fixture.write("Kubefile", "FROM base.example/rootfs:1\nCOPY opt opt\n");

        JsonNode statement = json(build(builder().saveImages(false)));

        List<JsonNode> bases = dependencies(statement, "base image");
        assertThat(bases).hasSize(1);
        assertThat(bases.get(0).path("digest").path("sha256").asText()).isEqualTo(base.hex());
        assertThat(bases.get(0).path("uri").asText())
                .startsWith(
                        "pkg:oci/rootfs@sha256%3A" + base.hex() + "?arch=amd64&repository_url=base.example%2Frootfs");
        String lines = hash("opt/install.sh") + "  opt/install.sh\n";
        assertThat(dependencies(statement, "context")
                        .get(0)
                        .path("digest")
                        .path("dirHash")
                        .asText())
                .isEqualTo(Digests.sha256(lines).hex());
    }

    @Test
    void writeToWhenBuildFileIsAnObjectHasTheDigestOfItsText() throws IOException {
        Kubefile file = Kubefile.parse("FROM scratch\nCOPY opt opt\nCOPY registry registry\n");

        JsonNode statement = json(build(builder().kubefile(file)));

        assertThat(parameters(statement).path("buildFiles").toString())
                .isEqualTo("[{\"name\":\"Kubefile\",\"digest\":{\"sha256\":\""
                        + Digests.sha256(file.toSource()).hex() + "\"}}]");
    }

    @Test
    void provenanceWhenIdOfBuilderIsRelativeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.builder().provenance(URI.create("ci/release")))
                .withMessage("the id of the builder 'ci/release' is not an absolute URI; write it such as"
                        + " https://ci.example.com/builders/release");
    }
}
