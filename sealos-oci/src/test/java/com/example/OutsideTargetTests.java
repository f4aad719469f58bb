package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.FinishedImage;
import io.sealos.oci.ImageGapsException;
import io.sealos.oci.ImageOutput;
import io.sealos.oci.ImageTarget;
import io.sealos.oci.OciLayout;
import io.sealos.oci.OciLayoutVerifier;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that a user of the library writes, with the public API only. */
class OutsideTargetTests {
    @TempDir
    Path directory;

    private final Bucket bucket = new Bucket();

    /** Keeps the blobs in memory, as an object store would. */
    private static final class Bucket implements ImageTarget {
        private final Map<Digest, byte[]> blobs =
                new TreeMap<>((one, other) -> one.hex().compareTo(other.hex()));
        private final List<String> calls = new ArrayList<>();
        private Path layout = Path.of("");

        @Override
        public void check(List<Platform> platforms, boolean offline) {
            calls.add("check " + platforms + (offline ? " offline" : ""));
            if (platforms.size() > 2) {
                throw new IllegalArgumentException("a bucket takes two platforms at most");
            }
        }

        @Override
        public void write(ImageOutput image) throws IOException {
            calls.add("write " + image.tags() + " " + image.platforms());
            FinishedImage finished = image.finish();
            layout = finished.layout();
            assertThat(image.finish()).isEqualTo(finished);
            assertThat(OciLayoutVerifier.verify(layout).mismatches()).isEmpty();
            for (Digest digest : finished.digests()) {
                blobs.put(digest, Files.readAllBytes(finished.blob(digest)));
            }
        }

        @Override
        public String toString() {
            return "bucket";
        }
    }

    @BeforeEach
    void makeContext() throws IOException {
        Files.createDirectories(directory.resolve("context/manifests"));
        Files.writeString(directory.resolve("context/Kubefile"), "FROM scratch\nCOPY manifests manifests\n");
        Files.writeString(directory.resolve("context/manifests/config.yaml"), "kind: ConfigMap\n");
    }

    private ClusterImage image(String... platforms) throws IOException {
        var builder = ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .tag("team/app:1.0");
        List.of(platforms).forEach(builder::platform);
        return builder.build();
    }

    @Test
    void writeToWhenTargetIsOfTheCallerHandsOverTheSameImageAsToALayout() throws IOException {
        BuildResult done = image("linux/amd64", "linux/arm64").writeTo(bucket);

        BuildResult layout =
                image("linux/amd64", "linux/arm64").writeTo(OciLayout.directory(directory.resolve("layout")));
        assertThat(done.digest()).isEqualTo(layout.digest());
        assertThat(done.layers()).isEqualTo(layout.layers());
        assertThat(bucket.calls)
                .containsExactly(
                        "check [linux/amd64, linux/arm64]",
                        "write [docker.io/team/app:1.0] [linux/amd64, linux/arm64]");
        Path blobs = directory.resolve("layout/blobs/sha256");
        try (var files = Files.list(blobs)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            bucket.blobs.keySet().stream().map(Digest::hex).toList());
        }
        for (Map.Entry<Digest, byte[]> blob : bucket.blobs.entrySet()) {
            assertThat(blob.getValue())
                    .isEqualTo(Files.readAllBytes(blobs.resolve(blob.getKey().hex())));
        }
    }

    @Test
    void finishWhenCalledNamesManifestsPlatformsAndBlobsInTheOrderOfARegistry() throws IOException {
        List<FinishedImage> seen = new ArrayList<>();

        BuildResult done = image("linux/arm64").writeTo(target(output -> seen.add(output.finish())));

        FinishedImage finished = seen.get(0);
        assertThat(finished.digest()).isEqualTo(done.digest());
        assertThat(finished.mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        FinishedImage.Manifest manifest = finished.manifests().get(0);
        assertThat(manifest.platform()).isEqualTo(Platform.parse("linux/arm64"));
        assertThat(manifest.layers()).isEqualTo(done.layers());
        assertThat(finished.digests())
                .containsExactly(manifest.layers().get(0).digest(), manifest.config(), done.digest());
    }

    @Test
    void writeToWhenTargetReturnsDeletesTheFilesOfTheImage() throws IOException {
        image().writeTo(bucket);

        assertThat(bucket.layout).doesNotExist();
        assertThat(directory.resolve("store/outgoing")).isEmptyDirectory();
    }

    @Test
    void writeToWhenTargetRefusesEndsBeforeAnythingIsWritten() throws IOException {
        ClusterImage image = image("linux/amd64", "linux/arm64", "linux/riscv64");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image.writeTo(bucket))
                .withMessage("a bucket takes two platforms at most");
        assertThat(bucket.calls).containsExactly("check [linux/amd64, linux/arm64, linux/riscv64]");
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void writeToWhenTargetFailsThrowsItsExceptionAndLeavesNoFiles() throws IOException {
        ClusterImage image = image();
        ImageTarget full = target(output -> {
            output.finish();
            throw new NoSuchFileException("bucket", null, "there is no such bucket");
        });

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> image.writeTo(full))
                .withMessage("bucket: there is no such bucket");
        assertThat(directory.resolve("store/outgoing")).isEmptyDirectory();
    }

    @Test
    void writeToWhenTargetIsInterruptedKeepsTheInterrupt() throws IOException {
        ClusterImage image = image();
        ImageTarget slow = target(output -> {
            output.finish();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the bucket was filled");
        });

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> image.writeTo(slow))
                .withMessage("interrupted while the bucket was filled");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("store/outgoing")).isEmptyDirectory();
    }

    @Test
    void writeToWhenInterruptedBeforeTheImageIsCreatedSaysSoAndLeavesNothing() throws IOException {
        ClusterImage image = image();
        ImageTarget interrupted = target(output -> {
            Thread.currentThread().interrupt();
            output.finish();
        });

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> image.writeTo(interrupted))
                .withMessage("interrupted while the image was written");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("store/outgoing")).isEmptyDirectory();
    }

    @Test
    void writeToWhenTargetAsksAgainHasTheSameImage() throws IOException {
        image().writeTo(target(output -> {
            FinishedImage first = output.finish();
            assertThat(output.finish()).isEqualTo(first);
            assertThat(first.layout().resolve("index.json")).content().contains("docker.io/team/app:1.0");
        }));
    }

    @Test
    void writeToWhenTargetWritesNothingFails() throws IOException {
        ClusterImage image = image();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> image.writeTo(target(output -> {})))
                .withMessage("nowhere has written nothing: its write(ImageOutput) has to call finish()");
    }

    @Test
    void writeToWhenGapsAreOpenAsksTheTargetForItsCheckOnly() throws IOException {
        Files.createDirectories(directory.resolve("context/images/shim"));
        Files.writeString(directory.resolve("context/images/shim/list"), "# sealos-ignore: images-unreadable\nNo\n");
        ClusterImage image = image();

        assertThatExceptionOfType(ImageGapsException.class).isThrownBy(() -> image.writeTo(bucket));
        assertThat(bucket.calls).containsExactly("check [linux/amd64]");
    }

    /** Writes an image somewhere. */
    private interface Writing {
        void of(ImageOutput output) throws IOException;
    }

    private static ImageTarget target(Writing writing) {
        return new ImageTarget() {
            @Override
            public void write(ImageOutput image) throws IOException {
                writing.of(image);
            }

            @Override
            public String toString() {
                return "nowhere";
            }
        };
    }
}
