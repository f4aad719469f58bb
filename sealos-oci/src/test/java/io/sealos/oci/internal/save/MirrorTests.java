package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorTests extends RegistryFixture {
    private InProcessRegistry mirror;

    @BeforeEach
    void startMirror() throws IOException {
        mirror = InProcessRegistry.start();
    }

    @AfterEach
    void stopMirror() {
        mirror.close();
    }

    @Test
    void saveWhenMirrorHasTheImageLeavesTheRegistryAlone() throws Exception {
        TestImage image = new TestImage("amd64", "a").pushTo(mirror, "app/x", "1");
        Saving saving = saving(mirrored());

        saving.save("app/x:1");

        assertThat(registry.requests()).isEmpty();
        assertThat(saving.heard())
                .contains(
                        new BuildEvent.ImageResolved(ImageReference.parse("app/x:1"), image.digest(), mirror.host()),
                        new BuildEvent.BlobFinished(
                                BuildPhase.FETCH,
                                ImageReference.parse("app/x:1"),
                                Digests.sha256(image.layer()),
                                image.layer().length,
                                mirror.host(),
                                image.layer().length));
    }

    @Test
    void saveWhenMirrorIsALoginPageAsksTheRegistryAndItNoMore() throws Exception {
        push();
        mirror.fault("/v2/", Fault.answer(200, 99, "text/html", "<html>Please log in</html>"));

        saving(mirrored()).save("app/x:1");

        assertThat(mirror.requests()).hasSize(1);
    }

    @Test
    void saveWhenMirrorLacksTheImageAsksTheNextAndThenTheRegistry() throws Exception {
        push();
        try (InProcessRegistry second = InProcessRegistry.start()) {
            Saving saving = saving(mirrored().mirror("docker.io", second.endpoint()));

            saving.save("app/x:1");

            assertThat(mirror.requests("/manifests/1")).isEqualTo(1);
            assertThat(second.requests("/manifests/1")).isEqualTo(1);
            assertThat(saving.heard())
                    .anyMatch(event -> event instanceof BuildEvent.ImageResolved resolved
                            && resolved.host().equals(registry.host()));
        }
    }

    @Test
    void saveWhenMirrorSendsWrongBytesTakesThoseOfTheRegistry() throws Exception {
        TestImage image = push();
        image.pushTo(mirror, "app/x", "1");
        mirror.fault("/blobs/", Fault.wrongBytes(9));

        saving(mirrored()).save("app/x:1");

        assertThat(new ContentStore(directory.resolve("store")).open(Digests.sha256(image.layer())))
                .hasBinaryContent(image.layer());
    }

    @Test
    void saveWhenMirrorIsDownAsksItOnceOnly() throws Exception {
        push();
        new TestImage("amd64", "b").pushTo(registry, "app/y", "1");
        mirror.fault("/", Fault.status(503, 99));

        saving(mirrored().retries(0).requestsPerHost(1)).on(Runnable::run).save("app/x:1", "app/y:1");

        assertThat(mirror.requests()).hasSize(1);
    }

    @Test
    void saveWhenAllFailNamesThemAll() {
        mirror.fault("/", Fault.status(403, 9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(mirrored()).save("app/x:1"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): "
                        + registry.host() + " answered 404 (MANIFEST_UNKNOWN) (mirror " + mirror.host()
                        + " answered 403 (FAULT)); check the name and the tag");
    }

    @Test
    void saveWhenMirrorWantsALoginGivesItItsOwn() throws Exception {
        new TestImage("amd64", "a").pushTo(mirror, "app/x", "1");
        mirror.requireBasic("mirror", "m");

        saving(mirrored().credentials("docker.io", "hub", "h").credentials(mirror.host(), "mirror", "m"))
                .save("app/x:1");

        assertThat(registry.requests()).isEmpty();
        assertThat(mirror.authorizations()).isNotEmpty().containsOnly("Basic bWlycm9yOm0=");
    }

    @Test
    void saveWhenMirrorHasAPathAsksBelowIt() throws Exception {
        new TestImage("amd64", "a").pushTo(mirror, "hub-proxy/app/x", "1");

        saving(settings().mirror("docker.io", URI.create(mirror.endpoint() + "/hub-proxy/")))
                .save("app/x:1");

        assertThat(mirror.requests("GET /v2/hub-proxy/app/x/manifests/1")).isEqualTo(1);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void saveWhenThereIsAProxyAsksThroughIt() throws Exception {
        TestImage image = push();
        InetSocketAddress proxy = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), registry.endpoint().getPort());

        SavedImages saved = saving(RegistryAccess.builder()
                        .loginFiles(false)
                        .plainHttp("registry.example")
                        .proxy(ProxySelector.of(proxy)))
                .save("registry.example/app/x:1");

        assertThat(saved.images().get(0).digest()).isEqualTo(image.digest());
    }

    @Test
    void saveWhenIndexComesFromAMirrorKeepsItWhole() throws Exception {
        TestImage amd = new TestImage("amd64", "a").pushTo(mirror, "app/x", "amd");
        byte[] index = TestImage.index(new TestImage("arm64", "a"), amd);
        mirror.putManifest("app/x", "1", MediaTypes.OCI_INDEX, index);

        SavedImages saved = saving(mirrored()).save("app/x:1");

        assertThat(saved.images().get(0).digest()).isEqualTo(Digests.sha256(index));
    }

    private RegistryAccess.Builder mirrored() {
        return settings().mirror("docker.io", mirror.endpoint());
    }
}
