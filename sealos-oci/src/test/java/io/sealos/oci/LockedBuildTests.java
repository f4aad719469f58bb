package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedBuildTests {
    private static final String FIX = "if this is meant, build without the lock and keep the lock of the result";
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Digest OTHER = Digest.parse("sha256:" + "0".repeat(64));

    @TempDir
    private Path directory;

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

    @Test
    void writeToWhenTagHasMovedSavesWhatTheLockHas() throws IOException {
        write("images/shim/list", "one.example/app\none.example/app:1\n");
        Digest first = push("1", "first");
        push("latest", "first");
        BuildResult before = build("before", builder());
        ImageLock lock = ImageLock.parse(before.lock().toJson());
        push("1", "second");

        BuildResult held = build("held", builder().lock(lock));
        BuildResult moved = build("moved", builder());

        assertThat(held.digest()).isEqualTo(before.digest()).isNotEqualTo(moved.digest());
        assertThat(held.lock().toJson()).isEqualTo(before.lock().toJson());
        assertThat(held.images())
                .extracting(image -> image.reference() + " " + image.digest())
                .containsExactly("one.example/app " + first, "one.example/app:1 " + first);
        assertThat(lock.entries())
                .extracting(ImageLock.Entry::reference)
                .extracting(ImageReference::toString)
                .containsExactly("one.example/app:1", "one.example/app:latest");
        assertThat(lock.entries().get(0).askedAt()).containsExactly("images/shim/list");
        OciLayoutVerifier.verify(directory.resolve("held")).orThrow();
    }

    @Test
    void buildWhenImagesAreNotThoseOfTheLockNamesAllOfThem() throws IOException {
        write("images/shim/list", "one.example/app:2\none.example/new:1\none.example/same\n");
        ImageLock lock = ImageLock.builder()
                .add(ImageReference.parse("one.example/app:1"), OTHER, AMD64, List.of())
                .add(ImageReference.parse("one.example/same:latest"), OTHER, AMD64, List.of())
                .add(ImageReference.parse("one.example/old:1"), OTHER, AMD64, List.of())
                .build();

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder()
                        .platform("linux/amd64")
                        .platform("linux/arm64")
                        .lock(lock)
                        .build())
                .satisfies(e -> assertThat(e.reasons())
                        .containsExactly(
                                "images/shim/list:1: one.example/app:2 is new: the lock has one.example/app:1 instead",
                                "images/shim/list:2: one.example/new:1 is new: the lock does not have it",
                                "images/shim/list:3: one.example/same is not locked for linux/arm64",
                                "one.example/old:1 is gone: the lock has it, but it was not found",
                                FIX));
    }

    @Test
    void imageDiffWhenPlansHaveLocksComparesTheirDigests() throws IOException {
        write("images/shim/list", "one.example/app:1\none.example/old:1\n");
        BuildPlan before = builder()
                .lock(lock("one.example/app:1", "one.example/old:1"))
                .build()
                .plan();
        write("images/shim/list", "one.example/app:1\none.example/old:2\n");
        Digest moved = Digest.parse("sha256:" + "1".repeat(64));
        ImageLock later = ImageLock.builder()
                .add(ImageReference.parse("one.example/app:1"), moved, AMD64, List.of())
                .add(ImageReference.parse("one.example/old:2"), OTHER, AMD64, List.of())
                .build();

        assertThat(before.imageDiff(builder().lock(later).build().plan()).toText())
                .isEqualTo("other digest: one.example/app 1@" + OTHER + " (linux/amd64) -> 1@" + moved
                        + " (linux/amd64)\nretagged: one.example/old 1 -> 2\n"
                        + "images: 1 retagged, 1 with another digest\n");
        assertThat(before.imageDiff(builder().build().plan()).toText())
                .isEqualTo("retagged: one.example/old 1 -> 2\nimages: 1 retagged\n");
    }

    @Test
    void imageDiffSinceWhenTheLockLacksAnImageSaysWhichWithoutANetwork() throws IOException {
        write("images/shim/list", "one.example/app:1\none.example/old:2\n");
        ImageLock committed = lock("one.example/app:1", "one.example/old:1", "one.example/given:1");
        BuildPlan plan = builder()
                .image("one.example/given:1", OciLayout.archive(directory.resolve("given.tar")))
                .build()
                .plan();

        assertThat(plan.imageDiffSince(committed).toText())
                .isEqualTo("retagged: one.example/old 1 -> 2\nimages: 1 retagged\n");
        assertThat(ImageDiff.between(committed, plan.inventory()).toString())
                .isEqualTo("images: 1 removed, 1 retagged");
        assertThat(builder()
                        .platform("linux/amd64")
                        .platform("linux/arm64")
                        .build()
                        .plan()
                        .imageDiffSince(lock("one.example/app:1", "one.example/old:2"))
                        .toString())
                .isEqualTo("images: 2 with other platforms");
    }

    @Test
    void buildWhenALockHasTheDigestsReportsNoMissingVersion() throws IOException {
        write("images/shim/list", "one.example/app\n");

        assertThat(builder().build().plan().findings())
                .map(finding -> finding.ruleId())
                .contains("image-without-version");
        assertThat(builder().lock(lock("one.example/app")).build().plan().findings())
                .map(finding -> finding.ruleId())
                .doesNotContain("image-without-version");
    }

    @Test
    void imageDiffWhenPlatformsDifferSaysSo() throws IOException {
        write("images/shim/list", "one.example/app:1\n");
        BuildPlan one = builder().build().plan();
        BuildPlan both = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build()
                .plan();

        assertThat(one.imageDiff(both).toText()).isEqualTo("""
                other platforms: one.example/app 1 (linux/amd64) -> 1 (linux/amd64, linux/arm64)
                images: 1 with other platforms
                """);
        assertThat(both.imageDiff(both).isEmpty()).isTrue();
    }

    @Test
    void writeToWhenRegistryLostWhatIsLockedNamesTheDigest() throws IOException {
        write("images/shim/list", "one.example/app:1\n");
        push("1", "first");
        ImageLock lock = lock("one.example/app:1");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build("out", builder().lock(lock)))
                .withMessageStartingWith("1 of 1 images could not be saved:\n  one.example/app:1@" + OTHER
                        + " (images/shim/list:1): " + registry.host() + " answered 404");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void writeToWhenArchiveHasChangedNamesBothDigests() throws IOException {
        Digest archived = writeArchive();
        write("images/skopeo/tar.txt", "oci-archive:app.tar@one.example/app:1\n");
        BuildResult before = build("before", builder());
        assertThat(before.lock().entries().get(0).askedAt()).containsExactly("images/skopeo/tar.txt");
        assertThat(build("held", builder().lock(before.lock())).digest()).isEqualTo(before.digest());

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build("out", builder().lock(lock("one.example/app:1"))))
                .withMessage("1 of 1 images could not be saved:\n  one.example/app:1 (images/skopeo/tar.txt:1): the"
                        + " archive has changed: it is " + archived + ", but the lock has " + OTHER + "; " + FIX);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void lockWhenNoImagesAreSavedIsEmptyAndHoldsNothing() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY images images\n");
        write("images/shim/list", "one.example/app:1\n");
        BuildResult result = build("out", builder().saveImages(false).lock(lock("one.example/old:1")));
        assertThat(result.lock().entries()).isEmpty();
    }

    private static ImageLock lock(String... references) {
        ImageLock.Builder lock = ImageLock.builder();
        for (String reference : references) {
            lock.add(ImageReference.parse(reference), OTHER, AMD64, List.of());
        }
        return lock.build();
    }

    private BuildResult build(String out, ClusterImageBuilder builder) throws IOException {
        return builder.build().writeTo(OciLayout.directory(directory.resolve(out)));
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .retries(0)
                        .endpoint("one.example", registry.endpoint())
                        .build());
    }

    private Digest push(String tag, String author) {
        byte[] config = bytes("{'os':'linux','architecture':'amd64','author':'" + author + "'}");
        byte[] manifest = manifest(registry.putBlob(config), config.length);
        return registry.putManifest("app", tag, "application/vnd.oci.image.manifest.v1+json", manifest);
    }

    private Digest writeArchive() throws IOException {
        byte[] config = bytes("{'os':'linux','architecture':'amd64'}");
        Digest configDigest = registry.putBlob(config);
        byte[] manifest = manifest(configDigest, config.length);
        Digest root = registry.putBlob(manifest);
        Path file = Files.createDirectories(context.resolve("images/skopeo")).resolve("app.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            add(
                    tar,
                    "index.json",
                    bytes("{'schemaVersion':2,'manifests':[{'mediaType':"
                            + "'application/vnd.oci.image.manifest.v1+json','digest':'" + root + "','size':"
                            + manifest.length
                            + "}]}"));
            add(tar, "blobs/sha256/" + configDigest.hex(), config);
            add(tar, "blobs/sha256/" + root.hex(), manifest);
        }
        return root;
    }

    private static byte[] manifest(Digest config, int size) {
        return bytes("{'schemaVersion':2,'config':{'mediaType':'application/vnd.oci.image.config.v1+json','digest':'"
                + config + "','size':" + size + "},'layers':[]}");
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
