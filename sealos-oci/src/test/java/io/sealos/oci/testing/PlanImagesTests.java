package io.sealos.oci.testing;

import static io.sealos.oci.testing.SealosAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.OciLayout;
import io.sealos.oci.PlatformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All images of a plan as samples in a registry, and the result of a build with them for several platforms. */
class PlanImagesTests {
    private static final String FOREIGN = "sha256:" + "a".repeat(64);

    @TempDir
    private Path directory;

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ClusterImageBuilder builder(String... images) throws IOException {
        Path context = directory.resolve("context");
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nARG TARGETARCH\nENV ARCH=$TARGETARCH\nCOPY registry registry\n");
        Files.writeString(context.resolve("images/shim/list"), String.join("\n", images) + "\n");
        return ClusterImage.builder()
                .context(context)
                .platform("linux/amd64")
                .platform("linux/arm64")
                .contentStore(directory.resolve("store"));
    }

    private BuildResult write(ClusterImageBuilder builder) throws IOException {
        return builder.registryAccess(registry.access()).build().writeTo(OciLayout.directory(directory.resolve("out")));
    }

    @Test
    void putImagesWhenPlanHasSeveralPutsEachForAllPlatforms() throws IOException {
        ClusterImageBuilder builder = builder("nginx", "quay.io/team/app:1.0", "quay.io/team/app:2.0");

        Map<ImageReference, Digest> put = registry.putImages(builder.build().plan());
        BuildResult done = write(builder);

        assertThat(put.keySet())
                .map(ImageReference::familiarString)
                .containsExactly("nginx", "quay.io/team/app:1.0", "quay.io/team/app:2.0");
        assertThat(done.platformResults())
                .map(PlatformResult::platform)
                .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
        for (PlatformResult one : done.platformResults()) {
            assertThat(one.images()).map(BuildEvent.ImageSaved::digest).containsExactlyElementsOf(put.values());
            assertThat(one.layers()).isNotEmpty();
            assertThat(one.digest()).isNotEqualTo(done.digest());
            assertThat(one.config().env()).containsEntry("ARCH", one.platform().architecture());
            assertThat(one).hasToString(one.platform() + " " + one.digest());
        }
        PlatformResult first = done.platformResults().get(0);
        assertThat(first.layers()).isEqualTo(done.layers());
        assertThat(first.layers()).isNotEqualTo(done.platformResults().get(1).layers());
        assertThat(first.images()).isEqualTo(done.images());
        assertThat(first.config()).isEqualTo(done.config());
        assertThat(done).asString().endsWith(", with 3 images");
        assertThat(write(builder)).isEqualTo(done).hasSameHashCodeAs(done);
    }

    @Test
    void putImagesWhenRegistryHasAnImageKeepsIt() throws IOException {
        Digest large = registry.putImage(
                "quay.io/team/app:1.0", SampleImage.of("linux/amd64").withLayers(2, 100));
        Digest named = registry.putImage("quay.io/team/tool:1", "linux/amd64");

        assertThat(registry.putImages(builder("quay.io/team/app:1.0", "quay.io/team/tool@" + named)
                        .build()
                        .plan()))
                .containsExactly(
                        Map.entry(ImageReference.parse("quay.io/team/app:1.0"), large),
                        Map.entry(ImageReference.parse("quay.io/team/tool@" + named), named));
    }

    @Test
    void putImagesWhenSomeCannotBeSamplesListsThemAndPutsNone() throws IOException {
        registry.putImage("docker.io/team/taken:1");
        ClusterImageBuilder builder = builder(
                "nginx:1",
                "a.example/x/y:1",
                "b.example/x/y:1",
                "quay.io/team/app:1@" + FOREIGN,
                "quay.io/team/taken:1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.putImages(builder.build().plan()))
                .withMessage("""
                        3 of the 5 images of the plan cannot be put as samples, and none was put:
                          b.example/x/y:1 (images/shim/list:3): this registry already has x/y:1 of a.example, and it has \
                        one repository for all registry names; put the image into a second registry
                          quay.io/team/app:1@%s (images/shim/list:4): a sample does not have this digest; put the image \
                        itself before, with putBlob and putManifest, or name it by the digest of a sample
                          quay.io/team/taken:1 (images/shim/list:5): this registry already has team/taken:1 of docker.io, \
                        and it has one repository for all registry names; put the image into a second registry""".formatted(FOREIGN));
        assertThat(registry.digest(ImageReference.parse("nginx:1"))).isEmpty();
    }

    @Test
    void putImagesWhenPlanHasNoneIsEmpty() throws IOException {
        assertThat(registry.putImages(builder()
                        .kubefile(Kubefile.parse("FROM scratch\n"))
                        .build()
                        .plan()))
                .isEqualTo(Map.of());
    }
}
