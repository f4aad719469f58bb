package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.registrytree.RegistryTreeWriter;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.TestCertificates;
import io.sealos.oci.peers.TokenServer;
import io.sealos.oci.peers.Tools;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that skopeo pushed to the real distribution registry, saved with the digests that skopeo sees: open, with
 * basic authentication, with a token server, with TLS of an own authority. Skipped where skopeo or docker-registry is
 * absent.
 */
@Tag("peers")
class SkopeoOracleIT {
    private static final String USER = "me";
    private static final String SECRET = "p:w d";
    // The secret by bcrypt, which the registry wants and the JDK does not have.
    private static final String HTPASSWD = "me:$2b$05$abcdefghijklmnopqrstuu68koelPJZ8G7JJCNPHHOneOfiitfpmu\n";

    @TempDir
    static Path shared;

    private static Path storage;
    private static TestCertificates certificates;

    @TempDir
    Path directory;

    @BeforeAll
    static void pushImages() throws Exception {
        assumeThat(Tools.isInstalled("docker-registry"))
                .as("docker-registry is installed")
                .isTrue();
        assumeThat(Tools.isInstalled("skopeo")).as("skopeo is installed").isTrue();
        certificates = TestCertificates.in(Files.createDirectory(shared.resolve("tls")));
        storage = shared.resolve("storage");
        Path layout = writeLayout();
        try (DistributionServer server = DistributionServer.start(shared, storage, "", "")) {
            for (String format : List.of("oci", "v2s2")) {
                for (String tag : List.of("single", "multi")) {
                    Tools.run(
                            shared,
                            "skopeo",
                            "copy",
                            "-q",
                            "--all",
                            "--dest-tls-verify=false",
                            "--format",
                            format,
                            "oci:" + layout + ":" + tag,
                            "docker://" + server.host() + "/app/" + format + ":" + tag);
                }
            }
        }
    }

    @Test
    void saveWhenRegistryIsOpenHasTheDigestsThatSkopeoSees() throws Exception {
        try (DistributionServer server = DistributionServer.start(directory, storage, "", "")) {
            compare(server, access().plainHttp(server.host()), "--tls-verify=false");
        }
    }

    @Test
    void saveWhenRegistryWantsAPasswordHasTheDigestsThatSkopeoSees() throws Exception {
        Path passwords = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
        String auth = "auth:\n  htpasswd:\n    realm: tests\n    path: " + passwords + "\n";
        try (DistributionServer server = DistributionServer.start(directory, storage, "", auth)) {
            RegistryAccess.Builder access = access().plainHttp(server.host());

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access, server.host() + "/app/oci:single"))
                    .withMessageContaining(server.host() + " answered 401 (UNAUTHORIZED); log in to");
            access.credentials(server.host(), USER, SECRET);
            compare(server, access, "--tls-verify=false", "--creds=" + USER + ":" + SECRET);
        }
    }

    @Test
    void saveWhenRegistryHasATokenServerHasTheDigestsThatSkopeoSees() throws Exception {
        try (TokenServer tokens = TokenServer.start(certificates.keyStore(), USER, SECRET)) {
            String auth = "auth:\n  token:\n    realm: " + tokens.realm() + "\n    service: registry\n"
                    + "    issuer: tests\n    rootcertbundle: " + certificates.authority() + "\n";
            try (DistributionServer server = DistributionServer.start(directory, storage, "", auth)) {
                RegistryAccess.Builder access = access().plainHttp("127.0.0.1");

                access.credentials(server.host(), USER, SECRET);
                compare(server, access, "--tls-verify=false", "--creds=" + USER + ":" + SECRET);
            }
        }
    }

    @Test
    void saveWhenRegistryHasTlsOfAnOwnAuthorityHasTheDigestsThatSkopeoSees() throws Exception {
        Path key = Files.write(directory.resolve("key.pem"), certificates.key());
        String tls = "  tls:\n    certificate: " + certificates.host() + "\n    key: " + key + "\n";
        Path trusted = Files.createDirectory(directory.resolve("trusted"));
        Files.copy(certificates.authority(), trusted.resolve("ca.crt"));
        try (DistributionServer server = DistributionServer.start(directory, storage, tls, "")) {
            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access(), server.host() + "/app/oci:single"))
                    .withMessageContaining("name its certificate authority");
            compare(
                    server,
                    access().certificateAuthorities(server.host(), certificates.authority()),
                    "--cert-dir=" + trusted);
        }
    }

    @Test
    void saveWhenServedAgainIsPulledByEveryNameAndDigest() throws Exception {
        Map<String, Digest> roots = new TreeMap<>();
        Path registry = directory.resolve("registry");
        try (DistributionServer server = DistributionServer.start(directory, storage, "", "")) {
            List<String> names = new ArrayList<>();
            for (String image : List.of("oci:single", "oci:multi", "v2s2:single", "v2s2:multi")) {
                Digest root = Digests.sha256(inspect(server.host() + "/app/" + image, "--tls-verify=false"));
                roots.put(image, root);
                String repository = server.host() + "/app/" + image.replaceAll(":.*", "");
                names.addAll(List.of(server.host() + "/app/" + image + "@" + root, repository + "@" + root));
            }
            SavedImages saved = save(access().plainHttp(server.host()), names.toArray(String[]::new));
            RegistryTreeWriter.write(saved.tree().files(), registry, Optional.empty(), BuildListener.NONE);
        }
        try (DistributionServer server = DistributionServer.start(directory, registry, "", "")) {
            for (Map.Entry<String, Digest> image : roots.entrySet()) {
                String repository = image.getKey().replaceAll(":.*", "");
                pull(server, image.getKey(), forAmd64(server, repository, image.getValue()));
                pull(server, repository + "@" + image.getValue(), image.getValue());
            }
        }
    }

    /** Returns the digest of the manifest for amd64 to which a tag points, directly or through an index. */
    private Digest forAmd64(DistributionServer server, String repository, Digest root) throws Exception {
        byte[] document = inspect(server.host() + "/app/" + repository + "@" + root, "--tls-verify=false");
        for (JsonNode entry : new ObjectMapper().readTree(document).path("manifests")) {
            if (entry.path("platform").path("architecture").asText().equals("amd64")) {
                return Digest.parse(entry.path("digest").asText());
            }
        }
        return root;
    }

    private void pull(DistributionServer server, String name, Digest root) throws Exception {
        String remote = server.host() + "/app/" + name;
        Path pulled = Files.createTempDirectory(directory, "pulled");
        assertThat(Digests.sha256(inspect(remote, "--tls-verify=false"))).isEqualTo(root);
        Tools.run(
                directory,
                "skopeo",
                "--override-arch=amd64",
                "copy",
                "-q",
                "--src-tls-verify=false",
                "docker://" + remote,
                "dir:" + pulled);
        byte[] layer = new TestImage("amd64", "a").layer();
        try (Stream<Path> blobs = Files.list(pulled)) {
            assertThat(blobs).anyMatch(blob -> holds(blob, layer));
        }
    }

    /**
     * Returns whether a blob contains a layer, uncompressed or compressed, because skopeo compresses layers that it
     * pushes.
     */
    private static boolean holds(Path blob, byte[] layer) {
        try (BufferedInputStream stored = Compression.buffered(Files.newInputStream(blob));
                InputStream content = Compression.of(stored).decompress(stored)) {
            return Arrays.equals(content.readAllBytes(), layer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(DistributionServer server, RegistryAccess.Builder access, String... options) throws Exception {
        for (String format : List.of("oci", "v2s2")) {
            for (String tag : List.of("single", "multi")) {
                String name = server.host() + "/app/" + format;
                byte[] root = inspect(name + ":" + tag, options);
                Digest digest = Digests.sha256(root);
                SavedImages saved = save(access, name + ":" + tag, name + ":" + tag + "@" + digest);

                assertThat(saved.images()).extracting(SavedImages.Image::digest).containsOnly(digest);
                ContentStore store = new ContentStore(directory.resolve("store"));
                assertThat(store.document(digest)).hasValue(root);
                for (JsonNode entry : new ObjectMapper().readTree(root).path("manifests")) {
                    Digest inner = Digest.parse(entry.path("digest").asText());
                    boolean wanted =
                            entry.path("platform").path("architecture").asText().equals("amd64");
                    assertThat(store.document(inner).isPresent()).isEqualTo(wanted);
                    assertThat(Digests.sha256(inspect(name + "@" + inner, options)))
                            .isEqualTo(inner);
                }
                assertThat(save(access, name + "@" + digest).images())
                        .extracting(SavedImages.Image::digest)
                        .containsExactly(digest);
            }
        }
    }

    private byte[] inspect(String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "inspect", "--raw"));
        command.addAll(List.of(options));
        command.add("docker://" + name);
        return Tools.run(directory, command.toArray(String[]::new));
    }

    private SavedImages save(RegistryAccess.Builder access, String... names) throws IOException, InterruptedException {
        return Saving.into(directory.resolve("store"), access.build()).save(names);
    }

    private static RegistryAccess.Builder access() {
        return RegistryAccess.builder().loginFiles(false);
    }

    private static Path writeLayout() throws IOException {
        Path layout = shared.resolve("layout");
        TestImage amd = new TestImage("amd64", "a");
        TestImage arm = new TestImage("arm64", "a");
        byte[] index = TestImage.index(arm, amd);
        for (TestImage image : List.of(amd, arm)) {
            write(layout, image.layer(), image.config(), image.manifest());
        }
        write(layout, index);
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                index(Map.of(
                        "single", TestImage.descriptor(MediaTypes.OCI_MANIFEST, amd.manifest()),
                        "multi", TestImage.descriptor(MediaTypes.OCI_INDEX, index))));
        return layout;
    }

    private static String index(Map<String, String> descriptors) {
        List<String> named = descriptors.entrySet().stream()
                .map(entry -> entry.getValue().substring(0, entry.getValue().length() - 1)
                        + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + entry.getKey() + "\"}}")
                .toList();
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", named) + "]}";
    }

    private static void write(Path layout, byte[]... blobs) throws IOException {
        Path directory = Files.createDirectories(layout.resolve("blobs/sha256"));
        for (byte[] blob : blobs) {
            Files.write(directory.resolve(Digests.sha256(blob).hex()), blob);
        }
    }
}
