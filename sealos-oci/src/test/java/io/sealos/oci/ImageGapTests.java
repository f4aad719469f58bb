package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.ChartRenderer;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.images.ScanProblem;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGapTests {
    private static final ChartRenderer FAILING = request -> RenderedChart.failed("it lacks a value");

    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
        write("Kubefile", "FROM scratch\nCOPY registry registry\n");
        write("registry/.keep", "");
        chart("one");
        chart("two");
    }

    @Test
    void writeToWhenChartsDoNotRenderRefusesWithAllGapsBeforeAnyRequest() throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            write("images/shim/list", registry.host() + "/app:1\n");
            ClusterImage image = builder().registryAccess(registry.access()).build();

            assertThatExceptionOfType(ImageGapsException.class)
                    .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                    .withMessage("""
                            2 gaps keep this image from being complete at a site without a network:
                            charts/one: the chart does not render: it lacks a value; give it the values that it wants \
                            in charts/one.values.yaml, or list its images in a file of images/shim
                            charts/two: the chart does not render: it lacks a value; give it the values that it wants \
                            in charts/two.values.yaml, or list its images in a file of images/shim
                            What is known to be harmless can be accepted: by kind and file (acceptGaps), or by \
                            '# sealos-ignore: images-unreadable REASON' in the file""")
                    .satisfies(e -> assertThat(e.gaps())
                            .extracting(ScanProblem::file)
                            .containsExactly("charts/one", "charts/two"));
            assertThatExceptionOfType(ImageGapsException.class).isThrownBy(() -> image.saveRegistry(out));
            assertThat(registry.requests()).isEmpty();
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void planWhenChartsDoNotRenderShowsTheGaps() throws IOException {
        BuildPlan plan = builder().build().plan();

        assertThat(plan.gaps()).extracting(ScanProblem::kind).containsExactly(Kind.NOT_RENDERED, Kind.NOT_RENDERED);
        assertThat(plan.inventory().isComplete()).isFalse();
        assertThat(plan.toJson()).contains("\"gaps\": [\n    {\n      \"kind\": \"NOT_RENDERED\"");
    }

    @Test
    void writeToWhenAllGapsAreAcceptedWritesTheImage() throws IOException {
        ClusterImage image = builder().acceptGaps().build();

        image.writeTo(OciLayout.directory(out));

        assertThat(image.plan().gaps()).isEmpty();
        assertThat(image.plan().inventory().gaps()).hasSize(2);
        assertThat(OciLayoutVerifier.verify(out).isValid()).isTrue();
    }

    @Test
    void writeToWhenOneGapIsAcceptedByKindAndFileRefusesTheOther() throws IOException {
        ClusterImage image =
                builder().acceptGaps(Kind.NOT_RENDERED, "charts/o*").build();

        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .satisfies(
                        e -> assertThat(e.gaps()).extracting(ScanProblem::file).containsExactly("charts/two"));
        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(
                        () -> builder().acceptGaps(Kind.REMOTE, "**").build().writeTo(OciLayout.directory(out)));
    }

    @Test
    void writeToWhenACommentAcceptsTheGapWritesTheImage() throws IOException {
        write("Kubefile", """
                # sealos-ignore: images-unreadable the demo charts are not installed
                FROM scratch
                COPY registry registry
                """);

        ClusterImage image = builder().build();

        assertThat(image.plan().gaps()).isEmpty();
        assertThatCode(() -> image.writeTo(OciLayout.directory(out))).doesNotThrowAnyException();
    }

    @Test
    void writeToWhenGapsLeaveNoImageForTheCopiedRegistryRefusesTheGapsAlone() throws IOException {
        Files.delete(context.resolve("registry/.keep"));
        Files.delete(context.resolve("registry"));

        ClusterImage image = builder().build();

        assertThat(image.plan().gaps()).hasSize(2);
        assertThat(image.plan().toString()).doesNotContain("there is no 'registry'");
        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .satisfies(e -> assertThat(e.parts())
                        .extracting(it -> it.place() + ": " + it.fix())
                        .containsExactly(
                                "charts/one: give it the values that it wants in charts/one.values.yaml, or list its"
                                        + " images in a file of images/shim",
                                "charts/two: give it the values that it wants in charts/two.values.yaml, or list its"
                                        + " images in a file of images/shim"));
        assertThatExceptionOfType(ImageGapsException.class).isThrownBy(() -> image.saveRegistry(out));
    }

    @Test
    void buildWhenGapsLeaveNoImageAndAnotherSourceIsMissingListsThatSourceAlone() throws IOException {
        Files.delete(context.resolve("registry/.keep"));
        Files.delete(context.resolve("registry"));
        write("Kubefile", "FROM scratch\nCOPY registry registry\nCOPY gone x\n");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().build())
                .withMessage("Kubefile:3:1: COPY gone x: there is no 'gone' in the context " + context
                        + "; add it there, or correct the path");
    }

    @Test
    void buildWhenAcceptedGapsLeaveNoImageForTheCopiedRegistryExplainsTheCopyByThem() throws IOException {
        Files.delete(context.resolve("registry/.keep"));
        Files.delete(context.resolve("registry"));

        String missing = "Kubefile:2:1: COPY registry registry: there is no 'registry' in the context " + context
                + "; no image was found because of the accepted gaps (charts/one, charts/two): list the images in a file of images/shim, or remove the instruction";
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().acceptGaps().build())
                .withMessage(missing);

        write("Kubefile", "FROM scratch\nCOPY registry registry\nRUN make\n");
        ClusterImage image = builder().acceptGaps().build();
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(image::plan)
                .withMessageStartingWith(missing + "\nKubefile:3:1: RUN ");
    }

    @Test
    void planWhenACommentOfTheFileItselfHasNoReasonKeepsTheGap() throws IOException {
        write("images/shim/list", "# sealos-ignore: images-unreadable\nNo\n");

        assertThat(builder().acceptGaps(Kind.NOT_RENDERED, "**").build().plan().gaps())
                .extracting(ScanProblem::toString)
                .singleElement()
                .asString()
                .startsWith("images/shim/list:2: 'No' is not an image reference");

        write("images/shim/list", "# sealos-ignore: images-unreadable a note\nNo\n");
        assertThat(builder().acceptGaps(Kind.NOT_RENDERED, "**").build().plan().gaps())
                .isEmpty();
    }

    @Test
    void writeToWhenNoImagesAreSavedIsNotRefused() throws IOException {
        ClusterImage image = builder().saveImages(false).build();

        assertThatCode(() -> image.writeTo(OciLayout.directory(out))).doesNotThrowAnyException();
        assertThat(image.plan().gaps()).hasSize(2);
    }

    @Test
    void acceptGapsWhenKindOrGlobIsWrongSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.builder().acceptGaps(Kind.ASSUMED, "**"))
                .withMessage("ASSUMED is not a kind of gap: it does not prevent a build");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.builder().acceptGaps(Kind.REMOTE, " "))
                .withMessage("a glob of accepted gaps (acceptGaps) is empty; '**' means all files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.builder().acceptGaps(Kind.REMOTE, "[a"))
                .withMessage(
                        "a glob of accepted gaps (acceptGaps) is malformed: '[a'; close each [, and escape a literal one as \\[");
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .scanner(ImageScanner.builder().chartRenderer(FAILING).build());
    }

    private void chart(String name) throws IOException {
        write("charts/" + name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
