package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.TestCertificates;
import io.sealos.oci.peers.TokenServer;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images pushed to the real distribution registry, as skopeo sees them: open, with basic authentication, with a token
 * server, with TLS of an own authority. Each time: pushed, pushed again, mounted into another repository, and an index;
 * the digests are those of a layout. Skipped where skopeo or docker-registry is absent.
 */
@Tag("peers")
class PushOracleIT {
    private static final String USER = "me";
    private static final String SECRET = "p:w d";
    // The secret by bcrypt, which the registry wants and the JDK does not have.
    private static final String HTPASSWD = "me:$2b$05$abcdefghijklmnopqrstuu68koelPJZ8G7JJCNPHHOneOfiitfpmu\n";

    @TempDir
    Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void needTools() throws IOException {
        assumeThat(Tools.isInstalled("docker-registry"))
                .as("docker-registry is installed")
                .isTrue();
        assumeThat(Tools.isInstalled("skopeo")).as("skopeo is installed").isTrue();
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY small small\nCOPY big big\n");
        Files.writeString(context.resolve("small"), "one");
        Files.writeString(context.resolve("big"), "x".repeat(300_000));
    }

    @Test
    void writeToWhenRegistryIsOpenHasTheDigestsThatSkopeoSees() throws Exception {
        try (DistributionServer server = start("", "")) {
            compare(server, access().plainHttp(server.host()), "--tls-verify=false");
        }
    }

    @Test
    void writeToWhenRegistryWantsAPasswordHasTheDigestsThatSkopeoSees() throws Exception {
        Path passwords = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
        String auth = "auth:\n  htpasswd:\n    realm: tests\n    path: " + passwords + "\n";
        try (DistributionServer server = start("", auth)) {
            RegistryAccess.Builder access = access().plainHttp(server.host());

            assertThatExceptionOfType(ImagePushException.class)
                    .isThrownBy(() -> push(access, server.host() + "/app:1"))
                    .withMessageContaining(server.host() + " answered 401 (UNAUTHORIZED); log in to ");
            access.credentials(server.host(), USER, SECRET);
            compare(server, access, "--tls-verify=false", "--creds=" + USER + ":" + SECRET);
        }
    }

    @Test
    void writeToWhenRegistryHasATokenServerHasTheDigestsThatSkopeoSees() throws Exception {
        TestCertificates certificates = certificates();
        try (TokenServer tokens = TokenServer.start(certificates.keyStore(), USER, SECRET)) {
            String auth = "auth:\n  token:\n    realm: " + tokens.realm() + "\n    service: registry\n"
                    + "    issuer: tests\n    rootcertbundle: " + certificates.authority() + "\n";
            try (DistributionServer server = start("", auth)) {
                RegistryAccess.Builder access =
                        access().plainHttp("127.0.0.1").credentials(server.host(), USER, SECRET);

                compare(server, access, "--tls-verify=false", "--creds=" + USER + ":" + SECRET);
            }
        }
    }

    @Test
    void writeToWhenRegistryHasTlsOfAnOwnAuthorityHasTheDigestsThatSkopeoSees() throws Exception {
        TestCertificates certificates = certificates();
        Path key = Files.write(directory.resolve("key.pem"), certificates.key());
        String tls = "  tls:\n    certificate: " + certificates.host() + "\n    key: " + key + "\n";
        Path trusted = Files.createDirectory(directory.resolve("trusted"));
        Files.copy(certificates.authority(), trusted.resolve("ca.crt"));
        try (DistributionServer server = start(tls, "")) {
            assertThatExceptionOfType(ImagePushException.class)
                    .isThrownBy(() -> push(access(), server.host() + "/app:1"))
                    .withMessageContaining("name its certificate authority");
            compare(
                    server,
                    access().certificateAuthorities(server.host(), certificates.authority()),
                    "--cert-dir=" + trusted);
        }
    }

    private void compare(DistributionServer server, RegistryAccess.Builder access, String... options) throws Exception {
        String app = server.host() + "/team/app:1";
        heard.clear();
        String digest = push(access, app);
        assertHeard("sending .*", 3);
        assertThat(seen(app, options)).isEqualTo(digest).isEqualTo(writtenToLayout("linux/amd64"));

        assertThat(push(access, app)).isEqualTo(digest);
        assertHeard("not sent .* it is there", 3);

        String other = server.host() + "/other/app:1";
        assertThat(push(access, other)).isEqualTo(digest);
        assertHeard("not sent .* taken from team/app", 3);
        assertThat(seen(other, options)).isEqualTo(digest);

        Files.writeString(directory.resolve("context/small"), "one" + digest);
        String changed = server.host() + "/team/app:2";
        assertThat(push(access, changed)).isNotEqualTo(digest).isEqualTo(seen(changed, options));
        assertHeard("sending .*, [0-9]{1,4} bytes", 2);

        compareIndex(server, access, options);
    }

    private void compareIndex(DistributionServer server, RegistryAccess.Builder access, String... options)
            throws Exception {
        String multi = server.host() + "/team/app:multi";
        String index = push(access, multi, "linux/amd64", "linux/arm64");
        assertThat(seen(multi, options)).isEqualTo(index).isEqualTo(writtenToLayout("linux/amd64", "linux/arm64"));
        JsonNode manifests = new ObjectMapper().readTree(raw(multi, options)).path("manifests");
        assertThat(manifests).hasSize(2);
        for (JsonNode manifest : manifests) {
            String inner = manifest.path("digest").asText();
            assertThat(seen(server.host() + "/team/app@" + inner, options)).isEqualTo(inner);
        }
        pull(multi, options);
    }

    /**
     * Asserts that the events since the last call have a line for the given number of blobs, and that no other blob was
     * sent.
     */
    private void assertHeard(String line, int blobs) {
        assertThat(heard).filteredOn(text -> text.matches(line)).hasSize(blobs);
        assertThat(heard).filteredOn(text -> text.startsWith("sending ")).allMatch(text -> text.matches(line));
        heard.clear();
    }

    private String push(RegistryAccess.Builder access, String name, String... platforms) throws IOException {
        return builder(platforms)
                .registryAccess(access.build())
                .build()
                .writeTo(RegistryImage.of(name))
                .digest()
                .toString();
    }

    private String writtenToLayout(String... platforms) throws IOException {
        Path layout = directory.resolve("layout");
        return builder(platforms)
                .build()
                .writeTo(OciLayout.directory(layout))
                .digest()
                .toString();
    }

    private ClusterImageBuilder builder(String... platforms) {
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(directory.resolve("context"))
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .listener(event -> heard.add(event.toString()));
        List.of(platforms).forEach(builder::platform);
        return builder;
    }

    private String seen(String name, String... options) throws Exception {
        return Digests.sha256(raw(name, options)).toString();
    }

    private byte[] raw(String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "inspect", "--raw"));
        command.addAll(List.of(options));
        command.add("docker://" + name);
        return Tools.run(directory, command.toArray(String[]::new));
    }

    /** All platforms, with every blob compared with its digest by skopeo. */
    private void pull(String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "copy", "-q", "--all"));
        List.of(options).forEach(option -> command.add(option.replace("--", "--src-")));
        command.add("docker://" + name);
        command.add("oci:" + directory.resolve("pulled") + ":1");
        Tools.run(directory, command.toArray(String[]::new));
        OciLayoutVerifier.verify(directory.resolve("pulled")).orThrow();
    }

    private DistributionServer start(String http, String more) throws IOException, InterruptedException {
        return DistributionServer.start(directory, directory.resolve("storage"), http, more);
    }

    private TestCertificates certificates() throws Exception {
        return TestCertificates.in(Files.createDirectory(directory.resolve("tls")));
    }

    private static RegistryAccess.Builder access() {
        return RegistryAccess.builder().loginFiles(false);
    }
}
