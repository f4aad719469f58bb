package io.sealos.oci.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.transport.AccessSettings;
import io.sealos.oci.internal.transport.Hashes;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree as the real distribution server serves it to skopeo, where both are installed. */
class DistributionServerTests {
    @TempDir
    Path folder;

    @BeforeEach
    void needTools() {
        assumeThat(isInstalled("docker-registry")).isTrue();
        assumeThat(isInstalled("skopeo")).isTrue();
    }

    @Test
    void writeToWhenServedGivesEveryImageByEveryName() throws Exception {
        Digest index;
        Digest single;
        try (InProcessRegistry source = InProcessRegistry.start()) {
            TestImage amd = new TestImage("amd64", "a").pushTo(source, "app/x", "amd");
            TestImage arm = new TestImage("arm64", "a").pushTo(source, "app/x", "arm");
            index = source.putManifest("app/x", "1", MediaTypes.OCI_INDEX, TestImage.index(arm, amd));
            single = new TestImage("amd64", "single")
                    .pushTo(source, "library/one", "2")
                    .digest();
            save(source, "app/x:1", "one:2", "app/x@" + amd.digest()).tree().writeTo(folder);
        }
        int port = freePort();
        Process server = startServer(port);
        try {
            awaitPort(server, port);
            assertThat(digestSeen(port, "app/x:1")).isEqualTo(index);
            assertThat(digestSeen(port, "app/x@" + index)).isEqualTo(index);
            assertThat(digestSeen(port, "library/one:2")).isEqualTo(single);
            assertThat(digestSeen(port, "library/one@" + single)).isEqualTo(single);
            pull(port, "app/x:1");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void saveWhenSkopeoWroteTheArchivesTakesThem() throws Exception {
        TestImage image = new TestImage("amd64", "a");
        Path archives = Files.createDirectories(folder.resolve("context/images/skopeo"));
        String layout = "oci:" + writeLayout(image) + ":2";
        run("skopeo", "copy", "-q", layout, "docker-archive:" + archives + "/d.tar:one:2");
        run("skopeo", "copy", "-q", layout, "oci-archive:" + archives + "/o.tar:2");
        Files.writeString(archives.resolve("tar.txt"), "docker-archive:d.tar@d:2\noci-archive:o.tar@o:2\n");

        AccessSettings access = AccessSettings.builder().authFiles(false).build();
        SavedImages saved = Saving.into(folder.resolve("store"), access).save(TarList.read(folder.resolve("context")));

        assertThat(saved.images()).hasSize(2);
        assertThat(saved.tree().files())
                .anyMatch(file -> file.path()
                        .endsWith("repositories/d/_layers/sha256/"
                                + Hashes.sha256(image.layer()).hex() + "/link"));
    }

    private SavedImages save(InProcessRegistry source, String... references) throws Exception {
        AccessSettings access = AccessSettings.builder()
                .endpoint("docker.io", source.endpoint())
                .authFiles(false)
                .build();
        return Saving.into(folder.resolve("store"), access).save(references);
    }

    private Path writeLayout(TestImage image) throws IOException {
        Path layout = folder.resolve("layout");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        for (byte[] blob : List.of(image.layer(), image.config(), image.manifest())) {
            Files.write(blobs.resolve(Hashes.sha256(blob).hex()), blob);
        }
        String root = TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
        String named = root.substring(0, root.length() - 1)
                + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"2\"}}";
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    private Process startServer(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(folder.resolve("registry"), port));
        return new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
    }

    private static void awaitPort(Process server, int port) throws Exception {
        for (int tries = 0; tries < 100 && server.isAlive(); tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the distribution server did not start");
    }

    private Digest digestSeen(int port, String name) throws Exception {
        String out = run("skopeo", "inspect", "--tls-verify=false", "--raw", remote(port, name));
        return Hashes.sha256(out.getBytes(StandardCharsets.UTF_8));
    }

    private void pull(int port, String name) throws Exception {
        String target = "dir:" + folder.resolve("pulled");
        run("skopeo", "--override-arch=amd64", "copy", "-q", "--src-tls-verify=false", remote(port, name), target);
    }

    private static String remote(int port, String name) {
        return "docker://127.0.0.1:" + port + "/" + name;
    }

    private String run(String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isInstalled(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
    }
}
