package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.peers.Tools;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the first command of a delta image as sealos does, with a registry in this process as that of the site. */
class DeltaGuardTests {
    private static final int SIZE = 3_000;

    @TempDir
    Path directory;

    private DeltaFixture images;
    private Digest base;
    private Digest manifest;

    @BeforeEach
    void writeDelta() throws IOException {
        assumeThat(Tools.isInstalled("bash")).as("bash").isTrue();
        images = new DeltaFixture(directory);
        OciLayout layout = OciLayout.directory(directory.resolve("base"));
        base = images.image(List.of(images.put("team/shop:1", SIZE, 1, 2)))
                .build()
                .writeTo(layout)
                .digest();
        BuildResult delta = images.image(List.of(images.put("team/shop:2", SIZE, 1, 3)))
                .deltaFrom(DeltaBase.of(layout))
                .build()
                .writeTo(OciLayout.directory(directory.resolve("delta")));
        manifest = delta.lock().entries().stream()
                .map(ImageLock.Entry::digest)
                .findFirst()
                .orElseThrow();
        unpackGuard();
    }

    @AfterEach
    void close() {
        if (images != null) {
            images.close();
        }
    }

    private void unpackGuard() throws IOException {
        List<InspectedLayer> layers = ClusterImage.inspect(OciLayout.directory(directory.resolve("delta")))
                .layers();
        String hex = layers.get(layers.size() - 1).digest().hex();
        try (InputStream file = Files.newInputStream(
                        directory.resolve("delta/blobs/sha256").resolve(hex));
                BufferedInputStream stored = Compression.buffered(file);
                InputStream tar = Compression.of(stored).decompress(stored)) {
            TarEntries entries = new TarEntries(tar);
            for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.isFile()) {
                    Path target = directory.resolve("work").resolve(entry.name());
                    Files.createDirectories(target.getParent());
                    Files.copy(entries.content(), target);
                }
            }
        }
    }

    /** Runs the commands of the image, and returns their output. */
    private String run(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> commands = ClusterImage.inspect(OciLayout.directory(directory.resolve("delta")))
                .commands();
        String line = "cd " + directory.resolve("work") + " && " + commands.get(0) + "; echo the commands run";
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true);
        bash.environment().put("DELTA_SHIM", directory.resolve("no shim").toString());
        bash.environment().putAll(environment);
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(output.equals("the commands run\n") ? 0 : 1);
        return output;
    }

    private String run(InProcessRegistry site) throws IOException, InterruptedException {
        return run(Map.of("DELTA_REGISTRY", site.endpoint().toString(), "DELTA_AUTH", "admin:pass\"word"));
    }

    private String delta() {
        return "sealos delta: this image is a delta of docker.io/acme/shop:1 " + base;
    }

    @Test
    void guardWhenSiteHasEverythingLetsCommandsRun() throws Exception {
        // The registry has the base and the delta, as after the sync of sealos.
        images.registry().requireBasic("admin", "pass\"word");

        assertThat(run(images.registry())).isEqualTo("the commands run\n");
        assertThat(images.registry().requests())
                .contains(
                        "HEAD /v2/team/shop/blobs/" + DeltaFixture.layer(SIZE, 1),
                        "HEAD /v2/team/shop/manifests/" + manifest);
    }

    @Test
    void guardWhenBaseIsMissingEndsTheRun() throws Exception {
        try (InProcessRegistry site = InProcessRegistry.start()) {
            assertThat(run(site))
                    .isEqualTo(delta() + ", but the registry " + site.endpoint()
                            + " lacks blobs that it needs (1 of 1),\n"
                            + "sealos delta: such as team/shop " + DeltaFixture.layer(SIZE, 1)
                            + "; run the base image first and then this image again, or run the full image; nothing was"
                            + " run\n");
        }
    }

    @Test
    void guardWhenBaseCameAfterTheDeltaAsksToRunItAgain() throws Exception {
        try (DeltaFixture site = new DeltaFixture(directory)) {
            site.put("team/shop:1", SIZE, 1, 2);

            assertThat(run(site.registry()))
                    .isEqualTo(
                            "sealos delta: the registry " + site.registry().endpoint()
                                    + " has the base docker.io/acme/shop:1 " + base
                                    + ", but images of this delta did not arrive (1), such as team/shop " + manifest
                                    + ";\n"
                                    + "sealos delta: run this image again, and the full image if that fails; nothing was run\n");
        }
    }

    @Test
    void guardWhenCredentialIsWrongNamesTheVariable() throws Exception {
        images.registry().requireBasic("admin", "other");

        assertThat(run(images.registry()))
                .isEqualTo("sealos delta: the registry " + images.registry().endpoint()
                        + " refuses the user admin (status 401); run the image again with\n"
                        + "sealos delta: -e DELTA_AUTH=user:password; nothing was run\n");
    }

    @Test
    void guardWhenRegistryIsDownNamesTheVariable() throws Exception {
        InProcessRegistry site = InProcessRegistry.start();
        site.close();

        assertThat(run(site))
                .isEqualTo("sealos delta: the registry " + site.endpoint()
                        + " cannot be reached from this host; start it, or run the image again with\n"
                        + "sealos delta: -e DELTA_REGISTRY=http://host:port; nothing was run\n");
    }

    @Test
    void guardWhenShimIsConfiguredUsesItsRegistry() throws Exception {
        images.registry().requireBasic("admin", "secret");
        Path shim = Files.writeString(
                directory.resolve("shim.yaml"), """
                shim: /var/run/image-cri-shim.sock
                address: "%s"
                auth: admin:secret
                registries:
                - address: https://mirror.example.com
                  auth: admin:passw0rd
                """.formatted(images.registry().endpoint()));

        assertThat(run(Map.of("DELTA_SHIM", shim.toString()))).isEqualTo("the commands run\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'admin:it''s' # a comment | it's
            "admin:a\\"b\\\\c" | a"b\\c
            admin:it' # a comment    | it'
            'admin:x # y'            | x # y
            admin:a#b"               | a#b"
            """)
    void guardWhenCredentialIsInYamlReadsItsValue(String yaml, String password) throws Exception {
        images.registry().requireBasic("admin", password);
        Path shim = Files.writeString(
                directory.resolve("shim.yaml"),
                "address: " + images.registry().endpoint() + " # a comment\r\nauth: " + yaml + "\r\n");

        assertThat(run(Map.of("DELTA_SHIM", shim.toString()))).isEqualTo("the commands run\n");
    }

    @Test
    void guardWhenOnlySettingsOfSealosExistUsesTheirRegistry() throws Exception {
        images.registry().requireBasic("admin", "secret");
        Path settings = Files.createDirectories(directory.resolve("rootfs/etc"));
        String host = images.registry().host();
        Files.writeString(
                settings.resolve("registry.yml"),
                "domain: " + host.substring(0, host.indexOf(':')) + "\nport: \"" + host.substring(host.indexOf(':') + 1)
                        + "\"\nusername: admin\npassword: 'secret'\n");
        Path work = Files.createDirectories(directory.resolve("applications/shop"));
        Files.move(directory.resolve("work"), work.resolve("workdir"));
        Files.createSymbolicLink(directory.resolve("work"), work.resolve("workdir"));

        assertThat(run(new TreeMap<>())).isEqualTo("the commands run\n");
    }

    @Test
    void guardWhenHostHasNoCurlAsksTheRegistryItself() throws Exception {
        images.registry().requireBasic("admin", "pass\"word");
        Path tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : List.of("bash", "sed", "head", "tr", "base64", "dirname")) {
            byte[] path = Tools.run(directory, "bash", "-c", "command -v " + tool);
            String script = "#!/bin/sh\nexec " + new String(path, StandardCharsets.UTF_8).strip() + " \"$@\"\n";
            Path file = Files.writeString(tools.resolve(tool), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        Map<String, String> environment = Map.of(
                "DELTA_REGISTRY",
                images.registry().endpoint().toString(),
                "DELTA_AUTH",
                "admin:pass\"word",
                "PATH",
                tools.toString());

        assertThat(run(environment)).isEqualTo("the commands run\n");
        // An IPv6 address is in brackets, which are no part of the name of the host.
        environment = new TreeMap<>(environment);
        environment.put("DELTA_REGISTRY", images.registry().host().replaceFirst("(.*):", "[$1]:"));
        assertThat(run(environment)).isEqualTo("the commands run\n");
        assertThat(run(Map.of("DELTA_REGISTRY", "https://127.0.0.1:1", "PATH", tools.toString())))
                .isEqualTo(
                        "sealos delta: this host has no curl, which https://127.0.0.1:1 needs; install it and run the"
                                + " image again; nothing was run\n");
    }
}
