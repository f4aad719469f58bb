package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.oci.peers.Buildah;
import io.sealos.oci.peers.PlainHttpFront;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Buildah builds from the same base image the same configuration and files. Skipped where it is not installed. */
@Tag("peers")
class BaseImagePeersIT {
    /** Sends buildah to the registry of the test, so that it finds the base under the name in the Kubefile. */
    private static final String REGISTRIES = """
            unqualified-search-registries = ["docker.io"]
            [[registry]]
            prefix = "docker.io"
            location = "%s"
            insecure = true
            """;

    /** Directories with attributes of their own, links, things taken away, users. */
    private static final List<String> LOWER = List.of(
            "f 0644 0:0 etc/passwd root:x:0:0::/:/bin/sh\napp:x:1000:1001::/:/bin/sh\n",
            "f 0644 0:0 etc/group root:x:0:\nwheel:x:10:\napp:x:1001:\n",
            "d 0700 7:8 real/",
            "l 0777 0:0 link /real",
            "l 0777 0:0 rel real",
            "d 0710 5:6 keep/",
            "f 0600 5:6 keep/a a",
            "l 0777 0:0 flink keep/a",
            "f 0644 0:0 gone x",
            "d 0755 0:0 op/",
            "f 0644 0:0 op/x x",
            "d 0700 3:4 manifests/");

    private static final List<String> UPPER = List.of(
            "f 0644 0:0 .wh.gone",
            "f 0644 0:0 op/.wh..wh..opq",
            "f 0644 0:0 op/y y",
            "f 4755 1:1 hard h",
            "h 4755 1:1 hard2 hard");

    private static final String ODD_CONFIG = "{\"User\":\"app\",\"ExposedPorts\":{\"80/tcp\":{}},"
            + "\"Env\":[\"FOO=base\",\"version=v0\"],\"Entrypoint\":[\"base-entry\"],\"Cmd\":[\"base-cmd\"],"
            + "\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/work\",\"Labels\":{\"version\":\"v1\",\"z\":\"1\"},"
            + "\"StopSignal\":\"SIGQUIT\",\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"]},\"Shell\":[\"/bin/bash\",\"-c\"],"
            + "\"OnBuild\":[\"ENV OB=1 version=ob\",\"COPY registry /onb/\",\"LABEL ob=$FOO\",\"CMD [\\\"obcmd\\\"]\"]}";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needBuildah() {
        Buildah.assume();
    }

    @ParameterizedTest
    @EnumSource(names = "BY_CONTENT", mode = EnumSource.Mode.EXCLUDE)
    void buildWhenKubefileIsThatOfTheGuideIsTheSame(LayerCompression how) throws Exception {
        assertSame(
                new TestBase(false, "amd64", TestBase.ROOTFS)
                        .layer(how, tar(LOWER))
                        .layer(how, tar(UPPER)),
                """
                FROM labring/kubernetes:v1.24.0
                ENV version v1.1.0
                COPY manifests ./manifests
                COPY registry ./registry
                ENTRYPOINT ["kubectl apply -f manifests/tigera-operator.yaml"]
                CMD ["kubectl apply -f manifests/custom-resources.yaml"]
                """);
    }

    @ParameterizedTest
    @MethodSource("configsThatBuildahTakes")
    void buildWhenBaseIsConfiguredIsTheSame(BaseConfigs.Case given) throws Exception {
        assertSame(given.base(), given.kubefile());
    }

    private static Stream<BaseConfigs.Case> configsThatBuildahTakes() throws IOException {
        return BaseConfigs.all().filter(given -> !given.name().equals("a history that does not fit the layers"));
    }

    @Test
    void buildWhenBaseHasTriggersUsersAndLinksIsTheSame() throws Exception {
        assertSame(
                new TestBase(true, "amd64", ODD_CONFIG)
                        .layer(LayerCompression.GZIP, tar(LOWER))
                        .layer(LayerCompression.GZIP, tar(UPPER)),
                """
                FROM labring/kubernetes:v1.24.0
                ENV version v1.1.0
                ENV NEW=$FOO OTHER=$version
                COPY manifests ./manifests
                COPY manifests /manifests
                COPY registry/f /link/g
                COPY registry/f /rel/
                COPY registry/f /flink
                COPY --chown=app registry/f /keep/
                COPY --chown=app:wheel registry/f /op/new/d/
                WORKDIR /w2/x
                WORKDIR y
                VOLUME /v2
                EXPOSE 99
                LABEL z=2 own=$NEW
                ENTRYPOINT ["kubectl"]
                """);
    }

    @Test
    void buildWhenItBeginsWithUserOrCmdIsTheSame() throws Exception {
        TestBase base = new TestBase(true, "amd64", ODD_CONFIG.replaceAll(",\"OnBuild.*", "}"))
                .layer(LayerCompression.GZIP, tar(LOWER));
        assertSame(base, "FROM labring/kubernetes:v1.24.0\nUSER 5:6\nENV PATH=/x FOO=2\nCMD a b\n");
        assertSame(base, "FROM labring/kubernetes:v1.24.0\nENTRYPOINT run it\n");
        assertSame(base, "FROM labring/kubernetes:v1.24.0\nWORKDIR sub\nUSER root\nSTOPSIGNAL 9\n");
        assertSame(base, "FROM labring/kubernetes:v1.24.0 AS a\nENV A=1\nFROM a\nCOPY registry /keep/\n");
        assertSame(
                base,
                "FROM scratch\nCOPY --from=labring/kubernetes:v1.24.0 /keep /link /etc/passwd /out/\nCOPY --chown=3:4"
                        + " --from=labring/kubernetes:v1.24.0 /real /real\n");
    }

    private static byte[] tar(List<String> entries) throws IOException {
        return TestBase.tar(entries.toArray(String[]::new));
    }

    private void assertSame(TestBase base, String kubefile) throws Exception {
        Path work = Files.createTempDirectory(directory, "comparison");
        Path context = writeContext(work.resolve("context"), kubefile);
        Path ours = work.resolve("ours");
        Path theirs = work.resolve("theirs");
        Path theirTree = work.resolve("tree");
        try (InProcessRegistry registry = InProcessRegistry.start();
                PlainHttpFront front = PlainHttpFront.of(registry.host())) {
            base.pushTo(registry, "labring/kubernetes", "v1.24.0");
            write(context, registry, ours);
            Files.writeString(shared.resolve("registries.conf"), REGISTRIES.formatted(front.host()));
            buildah()
                    .run(
                            "bud",
                            "--quiet",
                            "--pull-always",
                            "-f",
                            context + "/Kubefile",
                            "--output",
                            "type=local,dest=" + theirTree,
                            "-t",
                            "oci:" + theirs + ":1",
                            context.toString());
        }
        assertThat(config(ours)).as(kubefile).isEqualTo(config(theirs));
        assertThat(tree(buildah().mounted(ours))).as(kubefile).isEqualTo(tree(theirTree));
    }

    private static Path writeContext(Path context, String kubefile) throws IOException {
        Files.createDirectories(context.resolve("manifests"));
        Files.createDirectories(context.resolve("registry"));
        Files.writeString(context.resolve("manifests/tigera-operator.yaml"), "kind: Namespace\n");
        Files.writeString(context.resolve("registry/f"), "f");
        Files.writeString(context.resolve("Kubefile"), kubefile);
        return context;
    }

    private void write(Path context, InProcessRegistry registry, Path layout) throws IOException {
        ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("docker.io", registry.endpoint())
                        .build())
                .build()
                .writeTo(OciLayout.directory(layout));
        OciLayoutVerifier.verify(layout).orThrow();
    }

    private static List<String> config(Path layout) throws IOException {
        ContainerConfig config =
                ClusterImage.inspect(OciLayout.directory(layout)).config();
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.remove("io.buildah.version");
        return Stream.of(
                        new ArrayList<>(config.env().entrySet()),
                        labels,
                        config.cmd(),
                        config.entrypoint(),
                        config.user(),
                        config.workingDir(),
                        config.stopSignal(),
                        config.author(),
                        config.exposedPorts().stream().sorted().toList(),
                        config.volumes().stream().sorted().toList())
                .map(Object::toString)
                .toList();
    }

    /** The files of an image, as buildah shows them. */
    private static List<String> tree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            List<String> lines = new ArrayList<>();
            for (Path path : paths.filter(path -> !path.equals(root)).sorted().toList()) {
                lines.add(line(root, path));
            }
            return lines;
        }
    }

    private static String line(Path root, Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        String value = Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path).toString()
                : Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
        return root.relativize(path) + " " + new TreeMap<>(found) + " " + value;
    }

    private static Buildah buildah() {
        return new Buildah(shared);
    }
}
