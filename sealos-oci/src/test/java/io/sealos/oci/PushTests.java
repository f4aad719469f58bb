package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageReferenceException;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the requests of a push, and the bytes that are sent. */
class PushTests extends PushFixture {
    @Test
    void writeToWhenRegistryIsEmptySendsEachBlobOnceAndTagsLast() throws IOException {
        BuildResult done = push("hub.example/team/app:1.0");

        List<BuildLayer> layers = done.layers();
        assertThat(registry.requests("POST /v2/team/app/blobs/uploads/")).isEqualTo(3);
        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
        assertThat(registry.requests("PATCH")).isZero();
        assertThat(registry.requests())
                .endsWith("PUT /v2/team/app/manifests/1.0")
                .hasSize(10);
        assertThat(heard("sending"))
                .hasSize(3)
                .anyMatch(line -> line.equals("sending "
                        + layers.get(1).digest() + " of hub.example/team/app:1.0 to " + registry.host() + ", "
                        + layers.get(1).size() + " bytes"));
        assertThat(heard("pushed")).containsExactly("pushed hub.example/team/app:1.0 " + done.digest());
        assertThat(digestServed("team/app", "1.0")).isEqualTo(done.digest().toString());
    }

    @Test
    void writeToWhenWrittenToALayoutTooHasTheSameDigest() throws IOException {
        Path layout = directory.resolve("layout");
        ClusterImage image =
                builder().platform("linux/amd64").platform("linux/arm64").build();

        BuildResult pushed = image.writeTo(RegistryImage.of("hub.example/team/app:1.0"));
        BuildResult written = image.writeTo(OciLayout.directory(layout));

        assertThat(pushed.digest()).isEqualTo(written.digest());
        OciLayoutVerifier.verify(layout).orThrow();
        for (Path blob : files(layout.resolve("blobs/sha256"))) {
            String digest = "sha256:" + blob.getFileName();
            boolean manifest = Files.readString(blob).contains("mediaType");
            assertThat(get("/v2/team/app/" + (manifest ? "manifests/" : "blobs/") + digest))
                    .isEqualTo(Files.readAllBytes(blob));
        }
    }

    @Test
    void writeToWhenAllIsThereSendsNoBlob() throws IOException {
        BuildResult first = push("hub.example/team/app:1.0");
        long bytes = registry.uploadedBytes();

        BuildResult second = push("hub.example/team/app:1.0");

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(registry.uploadedBytes()).isEqualTo(bytes);
        assertThat(registry.requests("POST")).isEqualTo(3);
        assertThat(heard("it is there")).hasSize(3);
    }

    @Test
    void writeToWhenOneLayerHasChangedSendsThatLayerOnly() throws IOException {
        push("hub.example/team/app:1.0");
        long bytes = registry.uploadedBytes();
        write("small", "two");

        BuildResult second = push("hub.example/team/app:1.1");

        BuildLayer changed = second.layers().get(0);
        assertThat(registry.requests("POST")).isEqualTo(3 + 2);
        assertThat(heard("sending " + changed.digest())).hasSize(1);
        assertThat(heard("not sent " + second.layers().get(1).digest())).hasSize(1);
        assertThat(registry.uploadedBytes() - bytes).isBetween(changed.size() + 1, changed.size() + 1000);
    }

    @Test
    void writeToWhenLayerIsUnchangedDoesNotMakeItAgain() throws Exception {
        // A file that was changed a moment ago is not trusted.
        ChangingContext.rest();
        push("hub.example/team/app:1.0");
        Object made = fileOfBigLayer();
        write("small", "two");

        push("hub.example/team/app:1.1");

        assertThat(fileOfBigLayer()).isEqualTo(made);
        assertThat(kept()).hasSize(4);
    }

    @Test
    void writeToWhenAnotherRepositoryHasTheBlobsTakesThemFromThere() throws IOException {
        push("hub.example/team/app:1.0");
        long bytes = registry.uploadedBytes();

        BuildResult second = push("hub.example/other/app:1.0");

        assertThat(registry.uploadedBytes()).isEqualTo(bytes);
        assertThat(heard("taken from team/app")).hasSize(3);
        assertThat(digestServed("other/app", "1.0")).isEqualTo(second.digest().toString());
    }

    @Test
    void writeToWhenBaseIsAtTheSameRegistryTakesItsLayersFromThere() throws IOException {
        builder().contentStore(directory.resolve("other")).build().writeTo(RegistryImage.of("hub.example/team/base:1"));
        long bytes = registry.uploadedBytes();
        heard.clear();
        write("Kubefile", "FROM hub.example/team/base:1\nCOPY more more\n");
        write("more", "more");

        BuildResult done = push("hub.example/team/app:1");

        assertThat(heard("taken from team/base")).hasSize(2);
        assertThat(heard("sending")).hasSize(2);
        assertThat(registry.uploadedBytes() - bytes).isLessThan(5000);
        assertThat(digestServed("team/app", "1")).isEqualTo(done.digest().toString());
    }

    @Test
    void writeToWhenTheOtherRepositoryIsDeniedSendsTheBytes() throws IOException {
        push("hub.example/team/app:1.0");
        registry.fault("POST", "/v2/other/app/blobs/uploads/", Fault.status(403, 1));

        builder().executor(Runnable::run).build().writeTo(RegistryImage.of("hub.example/other/app:1.0"));

        assertThat(registry.requests("PUT /v2/other/app/blobs/uploads/")).isEqualTo(1);
        assertThat(heard("taken from team/app")).hasSize(2);
    }

    @Test
    void writeToWhenNoTagIsNamedPushesThoseOfTheBuildThatBelongThere() throws IOException {
        builder()
                .tag("hub.example/team/app:1.0")
                .tag("hub.example/team/app:latest")
                .tag("hub.example/team/other:2")
                .build()
                .writeTo(RegistryImage.of("hub.example/team/app"));

        assertThat(registry.requests().stream().filter(it -> it.contains("manifests")))
                .containsExactlyInAnyOrder("PUT /v2/team/app/manifests/1.0", "PUT /v2/team/app/manifests/latest");
    }

    @Test
    void writeToWhenNoTagIsThereAtAllPushesLatest() throws IOException {
        push("hub.example/team/app");

        assertThat(registry.requests("PUT /v2/team/app/manifests/latest")).isEqualTo(1);
    }

    @Test
    void writeToWhenTagsAreNamedPushesThoseOnly() throws IOException {
        builder()
                .tag("hub.example/team/app:3")
                .build()
                .writeTo(RegistryImage.of("hub.example/team/app:1.0").withTag("1"));

        assertThat(registry.requests().stream().filter(it -> it.contains("manifests")))
                .containsExactlyInAnyOrder("PUT /v2/team/app/manifests/1.0", "PUT /v2/team/app/manifests/1");
    }

    @Test
    void withTagWhenItIsNoTagRefusesIt() {
        RegistryImage image = RegistryImage.of("hub.example/team/app");

        assertThatExceptionOfType(ImageReferenceException.class).isThrownBy(() -> image.withTag("a b"));
    }

    @Test
    void writeToWhenDigestIsNamedRefusesIt() throws IOException {
        String digest = "sha256:" + "0".repeat(64);
        ClusterImage image = builder().build();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image.writeTo(RegistryImage.of("hub.example/team/app@" + digest)))
                .withMessageEndingWith(" cannot be pushed to: the digest follows from the content; name a tag");
    }

    @Test
    void writeToWhenOfflineRefusesItBeforeAnythingIsMade() throws IOException {
        ClusterImage image = builder().offline(true).build();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image.writeTo(RegistryImage.of("hub.example/team/app:1")))
                .withMessage("docker://hub.example/team/app:1 cannot be pushed to by an offline build; write an OCI"
                        + " layout, or allow the network");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void writeToWhenTargetHasItsOwnAccessUsesThat() throws IOException {
        registry.requireBasic("me", "secret");
        RegistryAccess own =
                access().credentials(registry.host(), "me", "secret").build();

        builder().build().writeTo(RegistryImage.of("hub.example/team/app:1").withAccess(own));

        assertThat(heard("pushed")).hasSize(1);
    }

    @Test
    void writeToWhenTwoPushToTheSameRepositoryAtOnceBothSucceed() throws Exception {
        ClusterImage image = builder().build();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            var one = threads.submit(() -> image.writeTo(RegistryImage.of("hub.example/team/app:1")));
            var other = threads.submit(() -> image.writeTo(RegistryImage.of("hub.example/team/app:2")));

            assertThat(one.get().digest()).isEqualTo(other.get().digest());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void writeToWhenLayersAreNotReusedLeavesNoneBehind() throws IOException {
        builder().reuseLayers(false).build().writeTo(RegistryImage.of("hub.example/team/app:1"));

        assertThat(kept()).isEmpty();
    }

    /** The blobs that are kept for the next push. */
    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("store/outgoing"))) {
            return all.filter(file -> file.resolveSibling("").endsWith("blobs")).toList();
        }
    }

    /** Returns the identity of the file, which changes when the file is written again. */
    private Object fileOfBigLayer() throws IOException {
        for (Path file : kept()) {
            if (Files.size(file) > BIG) {
                return List.of(
                        String.valueOf(Files.readAttributes(file, BasicFileAttributes.class)
                                .fileKey()),
                        Files.getLastModifiedTime(file));
            }
        }
        throw new IOException("there is no such layer");
    }

    private static List<Path> files(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.toList();
        }
    }

    private String digestServed(String repository, String tag) throws IOException {
        return Digests.sha256(get("/v2/" + repository + "/manifests/" + tag)).toString();
    }

    private byte[] get(String path) throws IOException {
        try (InputStream content =
                URI.create(registry.endpoint() + path).toURL().openStream()) {
            return content.readAllBytes();
        }
    }
}
