package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedSavingTests {
    @TempDir
    Path directory;

    private Path context;
    private Path out;
    private InProcessRegistry one;
    private InProcessRegistry other;

    @BeforeEach
    void start() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
        one = InProcessRegistry.start();
        other = InProcessRegistry.start();
        write("Kubefile", "FROM scratch\nCOPY registry registry\n");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void writeToWhenTwoImagesFallOnOnePlaceNamesBoth() throws IOException {
        push(one, "amd64");
        push(other, "");
        write("images/shim/list", "one.example/app:1\nother.example/app:1\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder().build().writeTo(OciLayout.directory(out)))
                .withMessage("""
                        1 of 2 images could not be saved:
                          other.example/app:1 (images/shim/list:2): is another image than one.example/app:1 \
                        (images/shim/list:1), but registry/ has one place for both, app:1; give one of them another \
                        name or tag, or prefer one of them (preferImage)""")
                .satisfies(e -> assertThat(e.failures())
                        .extracting(ImageSaveException.Failure::askedAt)
                        .containsExactly("images/shim/list:2"));
        assertThat(out).doesNotExist();
    }

    @Test
    void writeToWhenImagesLackDifferentPlatformsNamesAllOfThem() throws IOException {
        push(one, "amd64");
        push(other, "arm64");
        write("images/shim/list", "one.example/app:1\nother.example/app:1\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder()
                        .platform("linux/amd64")
                        .platform("linux/arm64")
                        .build()
                        .writeTo(OciLayout.directory(out)))
                .withMessage("""
                        2 of 2 images could not be saved:
                          other.example/app:1 (images/shim/list:2): it is an image for linux/arm64, wanted is \
                        linux/amd64; name an image that has this platform
                          one.example/app:1 (images/shim/list:1): it is an image for linux/amd64, wanted is \
                        linux/arm64; name an image that has this platform""");
        assertThat(out).doesNotExist();
    }

    @Test
    void buildWhenArchiveListIsWrongRefusesEachLine() throws IOException {
        write("images/skopeo/tar.txt", "# archives\ndocker-archive:none.tar@a:1\n");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().build())
                .satisfies(e -> assertThat(e.reasons())
                        .containsExactly(
                                "images/skopeo/tar.txt:1: '# archives' names no archive; write"
                                        + " docker-archive:FILE@NAME:TAG or oci-archive:FILE@NAME:TAG",
                                "images/skopeo/tar.txt:2: there is no file images/skopeo/none.tar; put the archive"
                                        + " there"));
    }

    @Test
    void writeToWhenContentStoreIsAFileSaysSo() throws IOException {
        push(one, "amd64");
        write("images/shim/list", "one.example/app:1\n");
        Path store = Files.writeString(directory.resolve("store"), "");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> builder().build().writeTo(OciLayout.directory(out)))
                .withMessage(store + ": is not a directory; choose another one for the content store");
        assertThat(out).doesNotExist();
    }

    @Test
    void writeToWhenRegistryWantsALoginSaysSo() throws IOException {
        push(one, "amd64");
        one.requireBasic("me", "secret");
        write("images/shim/list", "one.example/app:1\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder().build().writeTo(OciLayout.directory(out)))
                .withMessageStartingWith("1 of 1 images could not be saved:\n  one.example/app:1"
                        + " (images/shim/list:1): " + one.host() + " answered 401")
                .withMessageEndingWith("; log in to " + one.host() + " or give a credential for it");
        assertThat(out).doesNotExist();
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .retries(0)
                        .endpoint("one.example", one.endpoint())
                        .endpoint("other.example", other.endpoint())
                        .build());
    }

    private static void push(InProcessRegistry registry, String architecture) {
        byte[] config = bytes(architecture.isEmpty() ? "{}" : "{'os':'linux','architecture':'" + architecture + "'}");
        Digest digest = registry.putBlob(config);
        String manifest = "{'schemaVersion':2,'config':{'mediaType':'application/vnd.oci.image.config.v1+json',"
                + "'digest':'" + digest + "','size':" + config.length + "},'layers':[]}";
        registry.putManifest("app", "1", "application/vnd.oci.image.manifest.v1+json", bytes(manifest));
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
