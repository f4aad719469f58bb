package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the results of immutable classes cannot be modified by callers. */
class UnchangeableResultsTests {
    @TempDir
    private Path directory;

    private ClusterImage image;

    @BeforeEach
    void makeImage() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nLABEL a=b\nENV c=d\nCOPY registry registry\nCMD [\"echo ready\"]\n");
        image = ClusterImage.builder()
                .context(context)
                .tag("labring/app:1")
                .annotation("a", "b")
                .contentStore(directory.resolve("store"))
                .image("team/shop:1", MadeImage.of(new TestImage("amd64", "a")::writeLayout))
                .build();
    }

    @Test
    void planWhenAskedReturnsWhatCannotBeChanged() {
        BuildPlan plan = image.plan();

        assertUnmodifiable(
                List.of(
                        plan.tags(),
                        plan.platforms(),
                        plan.platformPlans(),
                        plan.stages(),
                        plan.layers(),
                        plan.layers().get(0).files(),
                        plan.unreadBases(),
                        plan.images(),
                        plan.askedAt(plan.images().get(0)),
                        plan.findings(),
                        plan.config().cmd()),
                List.of(plan.annotations(), plan.config().env(), plan.config().labels()));
    }

    @Test
    void writeToWhenDoneReturnsWhatCannotBeChanged() throws IOException {
        Path layout = directory.resolve("out");
        BuildResult done = image.writeTo(OciLayout.directory(layout));
        VerificationReport report = OciLayoutVerifier.verify(layout);
        RegistryReport registry = RegistryVerifier.verify(OciLayout.directory(layout));

        assertUnmodifiable(
                List.of(
                        done.layers(),
                        done.images(),
                        done.findings(),
                        done.lock().entries(),
                        report.mismatches(),
                        report.notices(),
                        registry.problems(),
                        registry.references()),
                List.of());
    }

    @Test
    void inspectWhenAnyKindIsReadReturnsWhatCannotBeChanged() throws IOException {
        image.writeTo(OciLayout.directory(directory.resolve("out")));
        image.writeTo(DockerArchive.file(directory.resolve("docker.tar")));
        for (ImageSource source : List.of(
                OciLayout.directory(directory.resolve("out")), DockerArchive.file(directory.resolve("docker.tar")))) {
            InspectedImage read = ClusterImage.inspect(source);

            assertUnmodifiable(
                    List.of(
                            read.names(),
                            read.platforms(),
                            read.commands(),
                            read.layers(),
                            read.images(),
                            read.images().get(0).platforms(),
                            read.problems()),
                    List.of(read.labels(), read.env(), read.annotations()));
        }
    }

    private static void assertUnmodifiable(List<? extends Collection<?>> lists, List<? extends Map<?, ?>> maps) {
        assertThat(lists).allSatisfy(list -> assertThat(list).isUnmodifiable());
        assertThat(maps).allSatisfy(map -> assertThat(map).isUnmodifiable());
    }
}
