package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSaverTests {
    private static final String V2 = "registry/docker/registry/v2/";

    @TempDir
    Path directory;

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void saveWhenManifestIsOddlyFormattedKeepsItsBytes() throws Exception {
        TestImage image = new TestImage("amd64", "a").pushTo(registry, "library/nginx", "1.25");

        SavedImages saved = save("nginx:1.25");

        assertThat(saved.images().get(0).digest()).isEqualTo(image.digest());
        assertThat(content(saved, blob(image.digest()))).isEqualTo(image.manifest());
        assertThat(paths(saved))
                .contains(
                        V2 + "repositories/library/nginx/_manifests/tags/1.25/current/link",
                        V2 + "repositories/library/nginx/_manifests/tags/1.25/index/sha256/"
                                + image.digest().hex() + "/link",
                        V2 + "repositories/library/nginx/_manifests/revisions/sha256/"
                                + image.digest().hex() + "/link")
                .isSorted()
                .hasSize(8);
    }

    @Test
    void saveWhenIndexTakesOnePlatformAndKeepsTheWholeIndex() throws Exception {
        TestImage amd = new TestImage("amd64", "a").pushTo(registry, "app/x", "amd");
        TestImage arm = new TestImage("arm64", "a").pushTo(registry, "app/x", "arm");
        byte[] index = TestImage.index(arm, amd);
        Digest digest = registry.putManifest("app/x", "1", MediaTypes.OCI_INDEX, index);

        SavedImages byTag = save("app/x:1");
        SavedImages byBoth = save("app/x:1@" + digest);

        assertThat(content(byTag, blob(digest))).isEqualTo(index);
        assertThat(content(byTag, V2 + "repositories/app/x/_manifests/tags/1/current/link"))
                .asString()
                .isEqualTo(amd.digest().toString());
        assertThat(paths(byTag))
                .contains(
                        blob(amd.digest()),
                        V2 + "repositories/app/x/_manifests/revisions/sha256/" + digest.hex() + "/link")
                .doesNotContain(blob(arm.digest()));
        assertThat(byTag.images().get(0).digest()).isEqualTo(digest);
        assertThat(paths(byBoth)).isEqualTo(paths(byTag));
        assertThat(registry.requests("GET /v2/app/x/blobs/")).isEqualTo(2);
    }

    @Test
    void saveWhenServerFailsForAWhileTriesAgain() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        registry.fault("/manifests/1", Fault.status(503, 2));
        registry.fault("/manifests/1", Fault.status(429, 1, "Retry-After", "1"));
        registry.fault("/blobs/", Fault.truncatedBody(2));

        long begin = System.nanoTime();
        save("app/x:1");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(registry.requests("/manifests/1")).isEqualTo(4);
        assertThat(registry.requests("/blobs/")).isEqualTo(4);
    }

    @Test
    void saveWhenServerStallsGoesOnWhereItEnded() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        registry.fault("/blobs/", Fault.stall(Duration.ofSeconds(30), 1));

        long begin = System.nanoTime();
        save(settings().stallTimeout(Duration.ofSeconds(1)).build(), "app/x:1");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void saveWhenSomeFailReportsAllOfThem() throws Exception {
        TestImage wrong = new TestImage("amd64", "wrong").pushTo(registry, "app/wrong", "1");
        new TestImage("amd64", "good").pushTo(registry, "app/good", "1");
        new TestImage("arm64", "arm").pushTo(registry, "app/arm", "1");
        TestImage big = new TestImage("amd64", "big").pushTo(registry, "app/big", "1");
        Digest layer = Digests.sha256(wrong.layer());
        registry.fault(layer.toString(), Fault.wrongBytes(9));
        registry.fault(Digests.sha256(big.layer()).toString(), Fault.extraBytes(9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("app/missing:1", "app/good:1", "app/wrong:1", "app/arm:1", "app/big:1"))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())
                                .replaceAll("sent sha256:[0-9a-f]+ instead", "sent OTHER instead"))
                        .isEqualTo("""
                                4 of 5 images could not be saved:
                                  docker.io/app/missing:1 (images/shim/list:1): HOST answered 404 (MANIFEST_UNKNOWN); check the name and the tag
                                  docker.io/app/wrong:1 (images/shim/list:3): HOST sent OTHER instead of LAYER; the registry or a proxy before it serves wrong content
                                  docker.io/app/arm:1 (images/shim/list:4): it is an image for linux/arm64, wanted is linux/amd64; name an image that has this platform
                                  docker.io/app/big:1 (images/shim/list:5): HOST failed: the answer is larger than SIZE bytes; the registry serves something else than it announced""".replace("HOST", registry.host())
                                .replace("LAYER", layer.toString())
                                .replace("SIZE", Integer.toString(big.layer().length))))
                .satisfies(e -> assertThat(e.failures().get(0).status()).isEqualTo(404));
        try (Stream<Path> left = Files.list(directory.resolve("store/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saveWhenTwoImagesFallOnOnePlaceNamesBoth() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "a/b", "1");
        try (InProcessRegistry quay = InProcessRegistry.start()) {
            new TestImage("amd64", "other").pushTo(quay, "a/b", "1");
            RegistryAccess access =
                    settings().endpoint("quay.io", quay.endpoint()).build();

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access, "a/b:1", "quay.io/a/b:1"))
                    .withMessage("1 of 2 images could not be saved:\n  quay.io/a/b:1 (images/shim/list:2): is another"
                            + " image than docker.io/a/b:1 (images/shim/list:1), but registry/ has one place for both,"
                            + " a/b:1; give one of them another name or tag, or prefer one of them (preferImage)");
        }
    }

    @Test
    void saveWhenRegistryWantsALoginUsesTheCredentialAndShowsNoSecret() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        RegistryAccess access =
                settings().credentials(registry.host(), "me", "p:w d").build();

        registry.requireBasic("me", "p:w d");
        assertThat(save(access, "app/x:1").images()).hasSize(1);
        registry.requireToken("me", "p:w d");
        assertThat(save(access, "app/x:1").images()).hasSize(1);
        assertThat(access.toString()).doesNotContain("p:w d");
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("app/x:1"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): "
                        + registry.host() + " answered 401 (UNAUTHORIZED); log in to " + registry.host()
                        + " or give a credential for it");
    }

    @Test
    void saveWhenRedirectedToAnotherHostKeepsTheCredentialToItself() throws Exception {
        TestImage image = new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        registry.requireBasic("me", "secret");
        RegistryAccess access =
                settings().credentials(registry.host(), "me", "secret").build();
        try (InProcessRegistry other = InProcessRegistry.start()) {
            image.pushTo(other, "app/x", "1");
            String blob = "/v2/app/x/blobs/" + Digests.sha256(image.layer());
            registry.fault(blob, Fault.status(307, 1, "Location", other.endpoint() + blob));

            save(access, "app/x:1");

            assertThat(other.requests()).containsExactly("GET " + blob);
            assertThat(other.authorizations()).isEmpty();
            assertThat(registry.authorizations()).isNotEmpty();
        }
    }

    @Test
    void saveWhenRepeatedFetchesNoBlobAgain() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        save("app/x:1");
        Path abandoned = Files.writeString(directory.resolve("store/incoming/blob-old.part"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.fromMillis(0));

        save("app/x:1");

        assertThat(registry.requests("/blobs/")).isEqualTo(2);
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void saveWhenManifestIsTooLargeRefusesIt() {
        registry.putManifest("app/x", "1", MediaTypes.OCI_MANIFEST, new byte[5 << 20]);

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("app/x:1"))
                .withMessageContaining("the answer is larger than 4194304 bytes");
    }

    @Test
    void saveWhenInterruptedEndsAtOnce() throws Exception {
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        registry.fault("/manifests/", Fault.delay(Duration.ofSeconds(20), 1));
        List<Throwable> seen = new ArrayList<>();
        RegistryAccess patient = settings().stallTimeout(Duration.ofMinutes(1)).build();
        Thread saving = new Thread(() -> {
            try {
                save(patient, "app/x:1");
            } catch (InterruptedException | IOException e) {
                seen.add(e);
            }
        });

        saving.start();
        while (registry.requests("/manifests/") == 0) {
            Thread.onSpinWait();
        }
        saving.interrupt();
        saving.join(1000);

        assertThat(saving.isAlive()).isFalse();
        assertThat(seen).singleElement().isInstanceOf(InterruptedException.class);
    }

    private RegistryAccess.Builder settings() {
        return RegistryAccess.builder()
                .endpoint("docker.io", registry.endpoint())
                .loginFiles(false)
                .stallTimeout(Duration.ofSeconds(20));
    }

    private SavedImages save(String... references) throws IOException, InterruptedException {
        return save(settings().build(), references);
    }

    private SavedImages save(RegistryAccess access, String... references) throws IOException, InterruptedException {
        return Saving.into(directory.resolve("store"), access).save(references);
    }

    private static String blob(Digest digest) {
        return V2 + "blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data";
    }

    private static List<String> paths(SavedImages saved) {
        return saved.tree().files().stream().map(VirtualFile::path).toList();
    }

    private static byte[] content(SavedImages saved, String path) throws IOException {
        for (VirtualFile file : saved.tree().files()) {
            if (file.path().equals(path)) {
                try (InputStream content = file.open()) {
                    return content.readAllBytes();
                }
            }
        }
        throw new IOException("no " + path);
    }
}
