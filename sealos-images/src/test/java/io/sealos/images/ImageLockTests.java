package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.kubefile.Platform;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLockTests {
    private static final Digest ONE = Digest.parse("sha256:" + "1".repeat(64));
    private static final Digest TWO = Digest.parse("sha256:" + "2".repeat(64));
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final String LOCKED = """
            {
              "version": 1,
              "images": [
                {
                  "reference": "docker.io/a/b:1",
                  "digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                  "platforms": [
                    "linux/amd64",
                    "linux/arm64"
                  ],
                  "why": [
                    "images/shim/list",
                    "manifests/app.yaml containers[0].image"
                  ]
                },
                {
                  "reference": "docker.io/library/nginx:latest",
                  "digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                  "platforms": [
                    "linux/arm64"
                  ],
                  "why": []
                },
                {
                  "reference": "docker.io/library/nginx:latest",
                  "digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222",
                  "platforms": [
                    "linux/amd64"
                  ],
                  "why": []
                }
              ]
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void writeToWhenTheFileExistsReplacesItWithALockThatReadReturns() throws IOException {
        Path file = Files.writeString(directory.resolve("app.lock.json"), "old");
        ImageLock lock = ImageLock.parse(LOCKED);

        lock.writeTo(file);

        assertThat(file).hasContent(LOCKED);
        assertThat(ImageLock.read(file)).isEqualTo(lock);
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void readAndWriteWhenTheFileCannotBeUsedSayWhy() {
        Path missing = directory.resolve("missing");
        ImageLock lock = ImageLock.builder().build();

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ImageLock.read(missing))
                .withMessage(missing + ": there is no such file; check the path");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> ImageLock.read(directory))
                .withMessage(directory + ": is a directory and not a file; name the file of a lock");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> lock.writeTo(directory))
                .withMessage(directory + ": is a directory and not a file; name the file of a lock");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> lock.writeTo(missing.resolve("lock")))
                .withMessage(missing.resolve("lock") + ": there is no directory " + missing
                        + "; create it or name another file");
    }

    @Test
    void writesSameTextWhateverTheOrder() {
        ImageLock lock = ImageLock.builder()
                .add(ImageReference.parse("nginx"), TWO, AMD64, List.of())
                .add(ImageReference.parse("nginx:latest"), ONE, ARM64, List.of())
                .add(ImageReference.parse("a/b:1"), ONE, ARM64, List.of("manifests/app.yaml containers[0].image"))
                .add(ImageReference.parse("a/b:1"), ONE, AMD64, List.of("images/shim/list"))
                .build();
        assertThat(lock.toJson()).isEqualTo(LOCKED);
    }

    @Test
    void knowsDigestForPlatformWhenReadBack() throws IOException {
        Path file = Files.writeString(directory.resolve("images.lock"), LOCKED);
        ImageLock lock = ImageLock.read(file);
        assertThat(lock.toJson()).isEqualTo(LOCKED);
        assertThat(lock.digest(ImageReference.parse("nginx"), AMD64)).contains(TWO);
        assertThat(lock.digest(ImageReference.parse("nginx:latest"), ARM64)).contains(ONE);
        assertThat(lock.digest(ImageReference.parse("a/b:1"), Platform.parse("linux/s390x")))
                .isEmpty();
        assertThat(lock.digest(ImageReference.parse("a/b:2"), AMD64)).isEmpty();
        assertThat(lock.entries()).hasSize(3).first().satisfies(entry -> {
            assertThat(entry.reference()).hasToString("docker.io/a/b:1");
            assertThat(entry.platforms()).containsExactly(AMD64, ARM64);
            assertThat(entry.askedAt()).containsExactly("images/shim/list", "manifests/app.yaml containers[0].image");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": 1|\"version\": 2|lock: version: it is 2, and only 1 is known; read it with the release of"
                        + " this library that wrote it, or write it anew from the result of a build",
                "\"version\": 1|\"images\": 1|lock: it is not JSON|",
                "\"version\": 1,||lock: it is not a lock file, because it has no version; write it anew from the result of a"
                        + " build",
                "\"digest\": \"sha256:1|\"digest\": \"md5:1|lock: images[0].digest: 'md5:1",
                "a/b:1|A/b:1|lock: images[0].reference: 'docker.io/A/b:1' is not an image reference: its repository 'A/b' has"
                        + " upper-case letters; write it in lower case; undo the edit, or write it anew from the result"
                        + " of a build",
                "linux/arm64|linux|lock: images[0].platforms[1]: 'linux' is not a platform",
                "\"why\"|\"Why\"|lock: images[0].why: there is no array; write it anew from the result of a build",
                "linux/arm64|linux/amd64|lock: images[0]: docker.io/a/b:1 is locked twice for linux/amd64; remove one of"
                        + " them",
                "nginx:latest|nginx@sha256:2222222222222222222222222222222222222222222222222222222222222222|lock:"
                        + " images[1].digest: docker.io/library/nginx@sha256:222",
            })
    void namesPlaceAndFixWhenLockIsEdited(String from, String to, String message) {
        String edited = LOCKED.replace(from, to == null ? "" : to);
        assertThatExceptionOfType(ImageLockException.class)
                .isThrownBy(() -> ImageLock.parse(edited))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replaceFirst("lock:\\d+:\\d+:", "lock:"))
                        .startsWith(message)
                        .isEqualTo((e.place() + ": " + e.problem() + "; " + e.fix())
                                .replaceFirst("lock:\\d+:\\d+:", "lock:")));
    }

    @Test
    void namesLineWhenTextIsNoJson() {
        assertThatExceptionOfType(ImageLockException.class)
                .isThrownBy(() -> ImageLock.parse("{\n<<<<<<< HEAD\n}"))
                .withMessage("lock:2:1: it is not JSON; undo the edit, or write it anew from the result of a build");
        assertThatExceptionOfType(ImageLockException.class).isThrownBy(() -> ImageLock.parse("[".repeat(100_000)));
        assertThatExceptionOfType(ImageLockException.class).isThrownBy(() -> ImageLock.parse(""));
        assertThatExceptionOfType(ImageLockException.class).isThrownBy(() -> ImageLock.parse(LOCKED + "{}"));
    }

    @Test
    void refusesFileWhenItIsTooLarge() throws IOException {
        Path file = directory.resolve("images.lock");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(ImageLock.LARGEST + 1);
        }
        assertThatExceptionOfType(ImageLockException.class)
                .isThrownBy(() -> ImageLock.read(file))
                .withMessage(file + ": the file is larger than 32 MiB; write it anew from the result of a build");
    }

    @Test
    void refusesDigestWhenReferenceHasAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageLock.builder().add(ImageReference.parse("a/b@" + ONE), TWO, AMD64, List.of()))
                .withMessage("docker.io/a/b@" + ONE + " cannot be locked to another digest, " + TWO);
    }

    private static ImageLock withBlobs() {
        return ImageLock.builder()
                .addBlobs(ARM64, "library/nginx", List.of(ONE))
                .addBlobs(AMD64, "library/nginx", List.of(TWO, ONE, TWO))
                .build();
    }

    @Test
    void readsBlobsWhenTheyAreListed() {
        String json = withBlobs().toJson();
        assertThat(json).contains("""
                  "blobs": [
                    {
                      "platform": "linux/amd64",
                      "repository": "library/nginx",
                      "digests": [
                        "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                        "sha256:2222222222222222222222222222222222222222222222222222222222222222"
                      ]
                    },
                """);
        assertThat(ImageLock.parse(json)).isEqualTo(withBlobs()).hasSameHashCodeAs(withBlobs());
        assertThat(ImageLock.parse(LOCKED).blobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            linux/arm64 | linux/amd64 | lock: blobs[1]: the blobs of library/nginx are listed twice for linux/amd64; \
            remove one of them
            library/nginx | library/nginx:1 | lock: blobs[0].repository: it is not the name of a repository; \
            undo the edit, or write it anew from the result of a build
            library/nginx | Nginx | lock: blobs[0].repository: it is not the name of a repository; \
            undo the edit, or write it anew from the result of a build
            """)
    void failsWhenBlobsAreNotValid(String from, String to, String message) {
        assertThatExceptionOfType(ImageLockException.class)
                .isThrownBy(() -> ImageLock.parse(withBlobs().toJson().replace(from, to)))
                .withMessage(message);
    }
}
