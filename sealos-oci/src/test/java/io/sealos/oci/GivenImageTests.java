package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that the caller gives, so that no registry is asked for them. */
class GivenImageTests {
    private static final String SHOP = "ghcr.io/acme/shop:1.0";

    private final TestImage image = new TestImage("amd64", "given");

    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
    }

    @Test
    void writeToWhenMadeImageIsNotAskedForSavesIt() throws IOException {
        BuildResult done = build(MadeImage.of(image::writeLayout));

        assertThat(done.images())
                .singleElement()
                .satisfies(saved -> assertThat(saved.digest()).isEqualTo(image.digest()));
        assertThat(ClusterImage.inspect(OciLayout.directory(out)).images())
                .singleElement()
                .hasToString("acme/shop:1.0 " + image.digest());
        OciLayoutVerifier.verify(out).orThrow();
        assertThat(directory.resolve("store/incoming")).isEmptyDirectory();
    }

    @Test
    void writeToWhenImageIsAskedForAsksNoRegistry() throws IOException {
        askFor(SHOP);
        image.writeLayout(directory.resolve("shop"));

        BuildResult done = build(OciLayout.directory(directory.resolve("shop")));

        assertThat(done.images()).hasSize(1);
        assertThat(done.lock().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.askedAt()).containsExactly("images/shim/list"));
    }

    @Test
    void writeToWhenTwoPlatformsAreBuiltMakesTheImageOnce() throws IOException {
        AtomicInteger made = new AtomicInteger();
        MadeImage both = MadeImage.of(directory -> {
            made.incrementAndGet();
            TestImage.writeIndexLayout(directory, image, new TestImage("arm64", "given"));
        });

        builder(both).platform("linux/amd64").platform("linux/arm64").build().writeTo(OciLayout.directory(out));

        assertThat(made).hasValue(1);
        OciLayoutVerifier.verify(out).orThrow();
    }

    @Test
    void writeToWhenImageCannotBeMadeNamesIt() {
        MadeImage broken = MadeImage.of(directory -> {
            throw new IOException("the compiler found an error");
        });

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(broken))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP
                        + " (image(...) of the builder): the compiler found an error");
        assertThat(out).doesNotExist();
    }

    @Test
    void writeToWhenMakerThrowsUncheckedExceptionTriesOnceAndReportsItForEachPlatform() throws IOException {
        AtomicInteger made = new AtomicInteger();
        Queue<BuildEvent> events = new ConcurrentLinkedQueue<>();
        MadeImage broken = MadeImage.of(directory -> {
            made.incrementAndGet();
            throw new IllegalStateException("the compiler found an error");
        });
        ClusterImageBuilder builder = builder(broken).listener(events::add);

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder.platform("linux/amd64")
                        .platform("linux/arm64")
                        .build()
                        .writeTo(OciLayout.directory(out)))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP
                        + " (image(...) of the builder): the compiler found an error");
        assertThat(made).hasValue(1);
        assertThat(events)
                .filteredOn(BuildEvent.ImageFailed.class::isInstance)
                .hasSize(2)
                .extracting(BuildEvent::toString)
                .containsOnly("failed " + SHOP + ": the compiler found an error");
    }

    @Test
    void writeToWhenMadeImageIsForAnotherPlatformSaysSo() {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(MadeImage.of(new TestImage("arm64", "")::writeLayout)))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP
                        + " (image(...) of the builder): it is an image for linux/arm64, wanted is linux/amd64;"
                        + " name an image that has this platform");
    }

    private void askFor(String reference) throws IOException {
        Path list = Files.createDirectories(context.resolve("images/shim")).resolve("list");
        Files.writeString(list, reference + "\n");
    }

    private BuildResult build(ImageSource source) throws IOException {
        return builder(source).build().writeTo(OciLayout.directory(out));
    }

    private ClusterImageBuilder builder(ImageSource source) throws IOException {
        return ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .contentStore(directory.resolve("store"))
                .registryAccess(TestRegistries.unreachable("ghcr.io"))
                .image(SHOP, source);
    }
}
