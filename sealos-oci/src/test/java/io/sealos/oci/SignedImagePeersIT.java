package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.Tools;
import io.sealos.oci.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other people's tools take images with signatures as they take images without, and OpenSSL verifies the signatures.
 * Each test is skipped where its tool is not installed.
 */
@Tag("peers")
class SignedImagePeersIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private SigningKey key;

    @BeforeEach
    void makeContextAndKey() throws Exception {
        need("openssl");
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.writeString(context.resolve("a"), "one");
        Path file = directory.resolve("ec.pem");
        run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file.toString());
        key = SigningKey.read(file);
        String publicKey = run("openssl", "pkey", "-in", file.toString(), "-pubout");
        assertThat(key.publicKeyPem()).isEqualTo(publicKey);
    }

    private static void need(String tool) {
        assumeThat(Tools.isInstalled(tool)).as(tool + " is installed").isTrue();
    }

    private String run(String... command) throws IOException, InterruptedException {
        return new String(Tools.run(directory, command), StandardCharsets.UTF_8);
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder().loginFiles(false).build())
                .sign(key);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void copyWhenNoTagIsNamedFindsOneImage() throws Exception {
        need("skopeo");
        ClusterImage image = builder().tag("labring/app:1").build();
        BuildResult done = image.writeTo(OciLayout.archive(directory.resolve("app.tar")));
        image.writeTo(OciLayout.directory(directory.resolve("layout")));

        for (String source : new String[] {"oci-archive:" + path("app.tar"), "oci:" + path("layout")}) {
            Path copy = Files.createTempDirectory(directory, "copy");
            run("skopeo", "copy", "--preserve-digests", source, "oci:" + copy + ":t");
            assertThat(run("skopeo", "inspect", "oci:" + copy + ":t"))
                    .contains(done.digest().toString());
        }
    }

    @Test
    void copyWhenThereAreSeveralPlatformsFindsAllOfThem() throws Exception {
        need("skopeo");
        builder()
                .tag("labring/app:1")
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build()
                .writeTo(OciLayout.archive(directory.resolve("app.tar")));

        run("skopeo", "copy", "--all", "oci-archive:" + path("app.tar"), "oci:" + path("copy") + ":t");

        assertThat(run("skopeo", "inspect", "--raw", "oci:" + path("copy") + ":t"))
                .contains("amd64")
                .contains("arm64");
    }

    @Test
    void unpackAndValidateWhenImageIsSignedTakeIt() throws Exception {
        need("umoci");
        need("oci-image-tool");
        ClusterImage image = builder().tag("labring/app:1").build();
        image.writeTo(OciLayout.directory(directory.resolve("layout")));
        String name = "docker.io/labring/app:1";

        run("oci-image-tool", "validate", "--type", "image", "--ref", "name=" + name, path("layout"));
        run("skopeo", "copy", "oci:" + path("layout"), "oci:" + path("copy") + ":t");
        run("umoci", "unpack", "--rootless", "--image", path("copy") + ":t", path("bundle"));
        assertThat(directory.resolve("bundle/rootfs/a")).hasContent("one");
        run("umoci", "ls", "--layout", path("layout"));
    }

    @Test
    void pullWhenEngineIsThatOfSealosTakesTheArchive() throws Exception {
        need("buildah");
        assumeThat(Files.isWritable(Path.of("/"))).as("root may mount").isTrue();
        builder().tag("labring/app:1").build().writeTo(OciLayout.archive(directory.resolve("app.tar")));

        String id = run(
                "buildah",
                "--root",
                path("root"),
                "--runroot",
                path("run"),
                "--storage-driver",
                "vfs",
                "pull",
                "oci-archive:" + path("app.tar"));

        assertThat(id.strip()).matches("[0-9a-f]{64}");
    }

    @Test
    void pushWhenRegistryIsDistributionStoresTheSignatures() throws Exception {
        need("docker-registry");
        need("skopeo");
        Path storage = Files.createDirectories(directory.resolve("storage"));
        try (DistributionServer server = DistributionServer.start(directory, storage, "", "")) {
            RegistryAccess access = RegistryAccess.builder()
                    .loginFiles(false)
                    .plainHttp(server.host())
                    .build();
            BuildResult done = builder()
                    .registryAccess(access)
                    .platform("linux/amd64")
                    .platform("linux/arm64")
                    .build()
                    .writeTo(RegistryImage.of(server.host() + "/team/app:1"));
            String repository = "docker://" + server.host() + "/team/app";

            String tags = run("skopeo", "list-tags", "--tls-verify=false", repository);
            String tag = "sha256-" + done.digest().hex();
            assertThat(tags).contains("\"1\"").contains("\"" + tag + ".sig\"").contains("\"" + tag + "\"");
            JsonNode list =
                    JSON.readTree(run("skopeo", "inspect", "--tls-verify=false", "--raw", repository + ":" + tag));
            assertThat(list.path("manifests")).hasSize(1);
            run(
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    repository + ":" + tag + ".sig",
                    "dir:" + path("signature"));
            verify(JSON.readTree(directory.resolve("signature/manifest.json").toFile()));
        }
    }

    /** Verifies the payload in a directory of skopeo by OpenSSL, and that a changed one is refused. */
    private void verify(JsonNode manifest) throws Exception {
        JsonNode layer = manifest.path("layers").get(0);
        String digest = Digest.parse(layer.path("digest").asText()).hex();
        byte[] signature = Base64.getDecoder()
                .decode(layer.path("annotations")
                        .path("dev.cosignproject.cosign/signature")
                        .asText());
        Files.write(directory.resolve("sig"), signature);
        Files.writeString(directory.resolve("pub.pem"), key.publicKeyPem());
        Path payload = directory.resolve("signature").resolve(digest);
        String[] command = {
            "openssl", "dgst", "-sha256", "-verify", path("pub.pem"), "-signature", path("sig"), payload.toString()
        };
        assertThat(run(command)).isEqualTo("Verified OK\n");
        Files.writeString(payload, Files.readString(payload) + " ");
        assertThat(catchFailure(command)).startsWith("openssl failed");
    }

    private String catchFailure(String... command) throws InterruptedException {
        try {
            return run(command);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
