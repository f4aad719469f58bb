package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.registrytree.RegistryTreeWriter;
import io.sealos.oci.internal.source.TarList;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.Tools;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree as the real distribution server serves it to skopeo, where both are installed. */
class DistributionServerTests {
    @TempDir
    Path directory;

    @BeforeEach
    void needTools() {
        assumeThat(Tools.isInstalled("docker-registry")).isTrue();
        assumeThat(Tools.isInstalled("skopeo")).isTrue();
    }

    @Test
    void writeToWhenServedGivesEveryImageByEveryName() throws Exception {
        Digest index;
        Digest single;
        Digest manifest;
        try (InProcessRegistry source = InProcessRegistry.start()) {
            TestImage amd = new TestImage("amd64", "a").pushTo(source, "app/x", "amd");
            TestImage arm = new TestImage("arm64", "a").pushTo(source, "app/x", "arm");
            index = source.putManifest("app/x", "1", MediaTypes.OCI_INDEX, TestImage.index(arm, amd));
            single = new TestImage("amd64", "single")
                    .pushTo(source, "library/one", "2")
                    .digest();
            manifest = amd.digest();
            SavedImages saved = save(source, "app/x:1", "one:2", "app/x@" + manifest);
            RegistryTreeWriter.write(
                    saved.tree().files(), directory.resolve("registry"), Optional.empty(), BuildListener.NONE);
        }
        try (DistributionServer server = DistributionServer.start(directory, directory.resolve("registry"), "", "")) {
            int port = server.port();
            assertThat(digestSeen(port, "app/x:1")).isEqualTo(manifest);
            assertThat(digestSeen(port, "app/x@" + manifest)).isEqualTo(manifest);
            assertThat(digestSeen(port, "app/x@" + index)).isEqualTo(index);
            assertThat(digestSeen(port, "library/one:2")).isEqualTo(single);
            assertThat(digestSeen(port, "library/one@" + single)).isEqualTo(single);
            pull(port, "app/x:1");
        }
    }

    @Test
    void saveWhenSkopeoWroteTheArchivesTakesThem() throws Exception {
        TestImage image = new TestImage("amd64", "a");
        Path archives = Files.createDirectories(directory.resolve("context/images/skopeo"));
        String layout = "oci:" + writeLayout(image) + ":2";
        Tools.run(directory, "skopeo", "copy", "-q", layout, "docker-archive:" + archives + "/d.tar:one:2");
        Tools.run(directory, "skopeo", "copy", "-q", layout, "oci-archive:" + archives + "/o.tar:2");
        Files.writeString(archives.resolve("tar.txt"), "docker-archive:d.tar@d:2\noci-archive:o.tar@o:2\n");

        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();
        SavedImages saved =
                Saving.into(directory.resolve("store"), access).save(TarList.read(directory.resolve("context")));

        assertThat(saved.images()).hasSize(2);
        assertThat(saved.tree().files())
                .anyMatch(file -> file.path()
                        .endsWith("repositories/library/d/_layers/sha256/"
                                + Digests.sha256(image.layer()).hex() + "/link"));
    }

    private SavedImages save(InProcessRegistry source, String... references) throws Exception {
        RegistryAccess access = RegistryAccess.builder()
                .endpoint("docker.io", source.endpoint())
                .loginFiles(false)
                .build();
        return Saving.into(directory.resolve("store"), access).save(references);
    }

    private Path writeLayout(TestImage image) throws IOException {
        Path layout = directory.resolve("layout");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        for (byte[] blob : List.of(image.layer(), image.config(), image.manifest())) {
            Files.write(blobs.resolve(Digests.sha256(blob).hex()), blob);
        }
        String root = TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
        String named = root.substring(0, root.length() - 1)
                + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"2\"}}";
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    private Digest digestSeen(int port, String name) throws Exception {
        return Digests.sha256(
                Tools.run(directory, "skopeo", "inspect", "--tls-verify=false", "--raw", remote(port, name)));
    }

    private void pull(int port, String name) throws Exception {
        String target = "dir:" + directory.resolve("pulled");
        Tools.run(
                directory,
                "skopeo",
                "--override-arch=amd64",
                "copy",
                "-q",
                "--src-tls-verify=false",
                remote(port, name),
                target);
    }

    private static String remote(int port, String name) {
        return "docker://127.0.0.1:" + port + "/" + name;
    }
}
