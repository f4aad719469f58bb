package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageLock;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolveTests {
    @TempDir
    private Path directory;

    private final Queue<BuildEvent> events = new ConcurrentLinkedQueue<>();
    private Path context;
    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        registry = InProcessRegistry.start();
        write("Kubefile", "FROM scratch\nCOPY registry registry\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void write(String path, String text) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ClusterImageBuilder builder(String store) {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve(store))
                .listener(events::add)
                .registryAccess(registry.access());
    }

    private BuildResult build(ClusterImageBuilder builder) throws IOException {
        return builder.build().writeTo(OciLayout.directory(directory.resolve("out")));
    }

    private long blobs() {
        return registry.requests().stream()
                .filter(it -> it.startsWith("GET") && it.contains("/blobs/"))
                .count();
    }

    @Test
    void resolveWhenImagesAreAtARegistryGivesTheLockOfTheBuildWithoutLayers() throws IOException {
        registry.putImage("one.example/app:1", "linux/amd64", "linux/arm64");
        registry.putImage("one.example/tool");
        write("images/shim/list", "one.example/app:1\none.example/tool\n");

        ImageLock lock = builder("resolved").build().resolve();
        long configurations = blobs();
        events.forEach(event -> assertThat(event).isNotInstanceOf(BuildEvent.ImageSaved.class));
        assertThat(events)
                .filteredOn(BuildEvent.ImageResolved.class::isInstance)
                .hasSize(2);
        BuildResult result = build(builder("built"));

        assertThat(lock.entries()).hasSize(2);
        assertThat(lock.toJson()).isEqualTo(result.lock().toJson());
        assertThat(configurations).isEqualTo(2);
        assertThat(blobs() - configurations).isEqualTo(4);
    }

    @Test
    void resolveWhenRepeatedReportsACallOfItsOwnAndCountsAnew() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\n");
        EventLedger ledger = new EventLedger();
        ClusterImage image = builder("store").listener(ledger).build();

        image.resolve();
        image.resolve();

        ledger.verify();
        assertThat(ledger.phase(BuildPhase.RESOLVE).items().done()).isEqualTo(1);
        assertThat(ledger.heard)
                .last()
                .hasToString("completed to resolve images")
                .isEqualTo(new CallEvent.Ended("resolve images", BuildOutcome.COMPLETE));
    }

    @Test
    void resolveWhenThereAreSeveralPlatformsLocksEach() throws IOException {
        registry.putImage("one.example/app:1", "linux/amd64", "linux/arm64");
        write("images/shim/list", "one.example/app:1\n");
        ClusterImageBuilder builder = builder("store").platform("linux/amd64").platform("linux/arm64");

        assertThat(builder.build().resolve().toJson())
                .isEqualTo(build(builder).lock().toJson())
                .contains("\"linux/arm64\"");
    }

    @Test
    void resolveWhenTagsMovedUnderALockKeepsWhatIsLocked() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\n");
        ImageLock first = builder("store").build().resolve();
        registry.putImage("one.example/app:1", "linux/amd64", "linux/s390x");

        assertThat(builder("store").lock(first).build().resolve().toJson()).isEqualTo(first.toJson());
        assertThat(builder("store").build().resolve().toJson()).isNotEqualTo(first.toJson());
    }

    @Test
    void resolveWhenImagesAreMissingNamesAllOfThemAsTheBuildDoes() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\none.example/gone:1\none.example/lost:2\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder("store")
                        .platform("linux/amd64")
                        .platform("linux/arm64")
                        .build()
                        .resolve())
                .satisfies(e -> assertThat(e.failures())
                        .map(ImageSaveException.Failure::image)
                        .containsExactly("one.example/gone:1", "one.example/lost:2", "one.example/app:1"))
                .satisfies(e -> assertThatExceptionOfType(ImageSaveException.class)
                        .isThrownBy(() ->
                                build(builder("other").platform("linux/amd64").platform("linux/arm64")))
                        .withMessage(e.getMessage()));
    }

    @Test
    void resolveWhenRegistryWantsACredentialUsesIt() throws IOException {
        registry.putImage("one.example/app:1");
        registry.requireToken("user", "secret");
        write("images/shim/list", "one.example/app:1\n");
        RegistryAccess access = RegistryAccess.builder()
                .loginFiles(false)
                .endpoint("one.example", registry.endpoint())
                .credentials(registry.host(), "user", "secret")
                .build();

        assertThat(builder("store").registryAccess(access).build().resolve().entries())
                .hasSize(1);
    }

    @Test
    void resolveWhenOfflineKnowsWhatWasResolvedBefore() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\n");
        ImageLock lock = builder("store").build().resolve();
        registry.close();

        assertThat(builder("store").offline(true).build().resolve().toJson()).isEqualTo(lock.toJson());
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder("other").offline(true).build().resolve())
                .withMessageContaining("the build is offline, and the content store does not have the image");
    }

    @Test
    void resolveWhenImageIsGivenAsALayoutOrArchiveGivesTheLockOfTheBuild() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\n");
        Path layout = directory.resolve("layout");
        Path archive = directory.resolve("archive.tar");
        Path docker = directory.resolve("docker.tar");
        ClusterImage inner = builder("store").tag("one.example/inner:1").build();
        inner.writeTo(OciLayout.directory(layout));
        inner.writeTo(OciLayout.archive(archive));
        inner.writeTo(DockerArchive.file(docker));
        write("images/shim/list", "one.example/app:1\none.example/inner:1\n");
        registry.close();

        for (ImageSource source :
                new ImageSource[] {OciLayout.directory(layout), OciLayout.archive(archive), DockerArchive.file(docker)
                }) {
            ClusterImageBuilder builder = builder("store").offline(true).image("one.example/inner:1", source);
            assertThat(builder.build().resolve().toJson())
                    .isEqualTo(build(builder).lock().toJson())
                    .contains("one.example/inner:1");
        }
    }

    @Test
    void resolveWhenThereAreGapsRefusesBeforeTheNetwork() throws IOException {
        write("images/shim/list", "one.example/app:1\n");
        write(
                "Kubefile",
                "FROM scratch\nCOPY registry registry\nCMD [\"kubectl apply -f https://a.example/x.yaml\"]\n");

        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(() -> builder("store").build().resolve());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void resolveWhenNothingIsSavedIsEmptyAndNeedsNoStore() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY images images\n");
        write("images/shim/list", "one.example/app:1\n");

        assertThat(builder("store").saveImages(false).build().resolve().entries())
                .isEmpty();
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void resolveWhenInterruptedStops() throws IOException {
        registry.putImage("one.example/app:1");
        write("images/shim/list", "one.example/app:1\n");
        ClusterImage image = builder("store").build();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                image::resolve,
                () -> image.saveRegistry(directory.resolve("registry")),
                () -> image.writeTo(OciLayout.directory(directory.resolve("out"))))) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(call)
                    .withMessage("interrupted while the content store was opened");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
