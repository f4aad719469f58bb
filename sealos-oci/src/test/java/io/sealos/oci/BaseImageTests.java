package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that are based on others, which lie at a registry. */
class BaseImageTests {
    private static final String NAME = "labring/kubernetes:v1.24.0";
    /** The example of the guide, word for word. */
    private static final String KUBEFILE = """
            FROM labring/kubernetes:v1.24.0
            ENV version v1.1.0
            COPY manifests ./manifests
            COPY registry ./registry
            ENTRYPOINT ["kubectl apply -f manifests/tigera-operator.yaml"]
            CMD ["kubectl apply -f manifests/custom-resources.yaml"]
            """;

    /** Stages with different bases, and an image that is only copied from. */
    private static final String SEVERAL_BASES = """
            FROM one.example/tools AS tools
            COPY registry/readme /made
            FROM labring/kubernetes:v1.24.0
            COPY --from=tools /bin/tool /made /bin/
            COPY --from=two.example/files:1 /data /data
            COPY --from=one.example/tools --chown=app:app /bin/same /x
            """;

    /** Copies into what the base has. */
    private static final String INTO_LINKS = """
            FROM labring/kubernetes:v1.24.0
            COPY registry/readme /link/g
            COPY registry/readme /rel/
            COPY registry/readme /flink
            COPY --chown=app manifests /keep/
            COPY --chown=app:wheel registry/readme /op/new/f
            WORKDIR made
            """;

    private static final byte[] LOWER = tar("d 0755 0:0 etc/", "f 0644 0:0 etc/a a", "d 0700 3:4 manifests/");
    private static final byte[] UPPER = tar("f 0755 0:0 opt/kubelet binary", "f 0644 0:0 etc/.wh.a");

    private static final byte[] LINKED = tar(
            "f 0644 0:0 etc/passwd root:x:0:0::/:\napp:x:1000:1001::/:",
            "f 0644 0:0 etc/group wheel:x:10:",
            "d 0700 7:8 real/",
            "l 0777 0:0 link /real",
            "l 0777 0:0 rel real",
            "l 0777 0:0 flink keep/a",
            "d 0710 5:6 keep/",
            "f 0600 5:6 keep/a a",
            "f 0600 5:6 op a");

    @TempDir
    private Path directory;

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        write("Kubefile", KUBEFILE);
        write("manifests/tigera-operator.yaml", "kind: Namespace\n");
        write("registry/readme", "r");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static byte[] tar(String... entries) {
        try {
            return TestBase.tar(entries);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve("context").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .registryAccess(access());
    }

    private RegistryAccess access() {
        return RegistryAccess.builder()
                .loginFiles(false)
                .retries(0)
                .endpoint("docker.io", registry.endpoint())
                .build();
    }

    private BuildResult build(String out, ClusterImageBuilder builder) throws IOException {
        BuildResult done = builder.build().writeTo(OciLayout.directory(directory.resolve(out)));
        OciLayoutVerifier.verify(directory.resolve(out)).orThrow();
        return done;
    }

    private InspectedImage built(String out) throws IOException {
        return ClusterImage.inspect(OciLayout.directory(directory.resolve(out)));
    }

    @ParameterizedTest
    @CsvSource({
        "false, NONE, 0",
        "false, GZIP, 0",
        "false, ZSTD, 0",
        "true, NONE, 0",
        "true, GZIP, 0",
        "true, ZSTD, 0",
        "false, GZIP, 1",
        "true, GZIP, 1",
        "false, ZSTD, 2",
        "true, NONE, 2"
    })
    void writeToWhenBaseIsStoredAnyWayKeepsItsLayersAndAddsOwn(boolean docker, LayerCompression how, int indexes)
            throws IOException {
        TestBase base =
                new TestBase(docker, "amd64", TestBase.ROOTFS).layer(how, LOWER).layer(how, UPPER);
        push(base, docker, indexes);

        BuildResult done = build("out", builder());

        InspectedImage image = built("out");
        assertThat(image.commands())
                .containsExactly(
                        "kubectl apply -f manifests/tigera-operator.yaml",
                        "kubectl apply -f manifests/custom-resources.yaml");
        assertThat(image.env()).hasToString("{PATH=/usr/bin, criData=/var/lib/containerd, version=v1.1.0}");
        assertThat(image.labels()).containsEntry("version", "v1.24.0").hasSize(3);
        assertThat(image.type()).contains(ImageType.ROOTFS);
        assertThat(image.layers().subList(0, 2).stream().map(InspectedLayer::digest))
                .isEqualTo(base.digests());
        assertThat(image.layers().get(0).mediaType())
                .isEqualTo(
                        how == LayerCompression.NONE
                                ? MediaTypes.OCI_LAYER
                                : how == LayerCompression.GZIP ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER_ZSTD);
        assertThat(image.layers()).hasSize(4);
        assertThat(image.annotations())
                .containsEntry("org.opencontainers.image.base.name", "docker.io/labring/kubernetes:v1.24.0");
        assertThat(ImageType.of(done.config().labels())).contains(ImageType.ROOTFS);
        assertThat(SealosRuntime.of(done.config()).variables()).containsEntry("SEALOS_SYS_KUBE_VERSION", "v1.24.0");
    }

    @Test
    void writeToWhenTwoPlatformsAreBuiltGivesEachItsBase() throws IOException {
        TestBase amd = new TestBase(false, "amd64", TestBase.ROOTFS).layer(LayerCompression.GZIP, LOWER);
        TestBase arm = new TestBase(true, "arm64", "{\"Env\":[\"PATH=/arm\"]}").layer(LayerCompression.ZSTD, UPPER);
        amd.pushTo(registry, "labring/kubernetes", "amd");
        arm.pushTo(registry, "labring/kubernetes", "arm");
        putIndex(MediaTypes.OCI_INDEX, entry(amd) + "," + entry(arm));

        build("out", builder().platform("linux/arm64").platform("linux/amd64"));

        for (TestBase base : List.of(amd, arm)) {
            InspectedImage image = ClusterImage.inspect(
                    OciLayout.directory(directory.resolve("out")),
                    ImageChoice.any().platform("linux/" + base.architecture()));
            assertThat(image.layers()).hasSize(3);
            assertThat(image.layers().get(0).digest()).isEqualTo(base.digests().get(0));
            assertThat(image.env()).containsEntry("PATH", base == amd ? "/usr/bin" : "/arm");
        }
    }

    private byte[] putIndex(String type, String entries) {
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"manifests\":[" + entries + "]}")
                .getBytes(StandardCharsets.UTF_8);
        registry.putManifest("labring/kubernetes", "v1.24.0", type, index);
        return index;
    }

    /** Under one index, or under one that lies in another. */
    private void push(TestBase base, boolean docker, int indexes) {
        base.pushTo(registry, "labring/kubernetes", "v1.24.0");
        TestBase arm = new TestBase(docker, "arm64", TestBase.ROOTFS);
        arm.pushTo(registry, "labring/kubernetes", "arm");
        String type = docker ? MediaTypes.DOCKER_MANIFEST_LIST : MediaTypes.OCI_INDEX;
        String entries = entry(arm) + "," + entry(base);
        for (int i = 0; i < indexes; i++) {
            entries = TestImage.descriptor(type, putIndex(type, entries));
        }
    }

    private static String entry(TestBase image) {
        String descriptor = TestImage.descriptor(image.manifestType(), image.manifest());
        return descriptor.substring(0, descriptor.length() - 1) + ",\"platform\":{\"os\":\"linux\",\"architecture\":\""
                + image.architecture() + "\"}}";
    }

    @Test
    void writeToWhenOfflineTakesTheBaseFromTheStore() throws IOException {
        TestBase.oci().layer(LayerCompression.GZIP, LOWER).pushTo(registry, "labring/kubernetes", "v1.24.0");
        BuildResult online = build("online", builder());
        long requests = registry.requests().size();

        BuildResult offline = build("offline", builder().offline(true));

        assertThat(offline.digest()).isEqualTo(online.digest());
        assertThat(registry.requests()).hasSize((int) requests);
        assertThat(registry.requests("/blobs/")).isEqualTo(2);
    }

    @Test
    void writeToWhenBasesAreMissingNamesAllWithTheirPlaces() throws IOException {
        write("Kubefile", "FROM labring/kubernetes:v1.24.0\nCOPY --from=labring/helm:1 /h /h\n");
        ClusterImage image = builder().build();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .satisfies(e -> assertThat(e.failures())
                        .extracting(failure -> failure.image() + " " + failure.askedAt())
                        .containsExactly(
                                "docker.io/labring/kubernetes:v1.24.0 Kubefile:1:1",
                                "docker.io/labring/helm:1 Kubefile:2:1"));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void planWhenBaseIsAtARegistrySaysThatItWasNotRead() throws IOException {
        BuildPlan plan = builder().build().plan();

        assertThat(plan.unreadBases()).containsExactly(NAME);
        assertThat(plan.toJson()).contains("\"unreadBases\": [\n        \"labring/kubernetes:v1.24.0\"\n      ],");
        assertThat(plan.layers()).extracting(PlannedLayer::instruction).hasSize(2);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void planWhenBaseIsInALayoutKnowsWhatItBrings() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("base"));
        TestBase.oci().layer(LayerCompression.ZSTD, LOWER).storeIn(layout);

        ClusterImage image = builder()
                .baseImage("docker.io/" + NAME, OciLayout.directory(layout.directory()))
                .build();

        assertThat(image.plan().unreadBases()).isEmpty();
        assertThat(image.plan().config().env()).containsEntry("criData", "/var/lib/containerd");
        assertThat(ImageType.of(image.plan().config().labels())).contains(ImageType.ROOTFS);
        assertThat(image.plan().layers().get(0).files())
                .extracting(PlannedFile::toString)
                .containsExactly("0644 0:0 /manifests/tigera-operator.yaml");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void writeToWhenTargetIsADockerArchiveHoldsPlainLayers() throws IOException {
        Path first = directory.resolve("base.tar");
        TestBase.oci()
                .layer(LayerCompression.GZIP, LOWER)
                .layer(LayerCompression.ZSTD, UPPER)
                .pushTo(registry, "labring/kubernetes", "v1.24.0");

        builder().tag("a/base:1").build().writeTo(DockerArchive.file(first));
        BuildResult done = build("out", builder().baseImage(NAME, DockerArchive.file(first)));

        InspectedImage image = ClusterImage.inspect(DockerArchive.file(first));
        assertThat(image.layers()).hasSize(4).allMatch(layer -> layer.digest().equals(layer.diffId()));
        assertThat(done.layers()).hasSize(6);
        assertThat(done.layers().get(0).uncompressedSize()).isEqualTo(LOWER.length);
    }

    @Test
    void writeToWhenStagesHaveDifferentBasesCopiesBetweenThem() throws IOException {
        write("Kubefile", SEVERAL_BASES);
        TestBase.oci()
                .layer(
                        LayerCompression.GZIP,
                        tar("f 0644 0:0 etc/passwd app:x:1000:1001::/:", "f 0644 0:0 etc/group app:x:9:"))
                .pushTo(registry, "labring/kubernetes", "v1.24.0");
        TestBase.oci()
                .layer(LayerCompression.ZSTD, tar("f 0755 2:3 bin/tool tool", "h 0755 2:3 bin/same bin/tool"))
                .pushTo(registry, "tools", "latest");
        TestBase.oci()
                .layer(LayerCompression.NONE, tar("f 0640 7:8 data/a/b b", "l 0777 0:0 data/c a/b"))
                .pushTo(registry, "files", "1");

        build("out", builder().registryAccess(everywhere()));

        assertThat(entries("out", 1))
                .containsExactly(
                        "0755 0:0 bin/",
                        "0644 0:0 bin/made r",
                        "0755 2:3 bin/tool tool",
                        "0755 0:0 data/",
                        "0755 0:0 data/a/",
                        "0640 7:8 data/a/b b",
                        "0777 0:0 data/c -> a/b",
                        "0755 1000:9 x tool");
    }

    private RegistryAccess everywhere() {
        return RegistryAccess.builder()
                .loginFiles(false)
                .retries(0)
                .endpoint("docker.io", registry.endpoint())
                .endpoint("one.example", registry.endpoint())
                .endpoint("two.example", registry.endpoint())
                .build();
    }

    private List<String> entries(String out, int from) throws IOException {
        List<String> entries = new ArrayList<>();
        List<InspectedLayer> layers = built(out).layers();
        for (InspectedLayer layer : layers.subList(from, layers.size())) {
            Path blob = directory
                    .resolve(out)
                    .resolve("blobs/sha256")
                    .resolve(layer.digest().hex());
            entries.addAll(WriterFixture.entriesOf(blob, layer.mediaType()));
        }
        return entries;
    }

    @Test
    void copyWhenBaseHasDirectoriesAndLinksFollowsThem() throws IOException {
        write("Kubefile", INTO_LINKS);
        new TestBase(false, "amd64", "{\"User\":\"app\",\"WorkingDir\":\"/work\"}")
                .layer(LayerCompression.GZIP, LINKED)
                .layer(LayerCompression.GZIP, tar("f 0644 0:0 .wh.op", "f 0600 5:6 link/through t"))
                .pushTo(registry, "labring/kubernetes", "v1.24.0");

        build("out", builder());

        assertThat(entries("out", 2))
                .containsExactly(
                        "0644 0:0 real/g r",
                        "0755 1000:1001 work/",
                        "0644 0:0 real/readme r",
                        "0644 0:0 flink r",
                        "0644 1000:1001 keep/tigera-operator.yaml kind: Namespace\n",
                        "0755 1000:10 op/",
                        "0755 1000:10 op/new/",
                        "0644 1000:10 op/new/f r",
                        "0755 1000:1001 work/made/");
    }
}
