package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OfflineTests extends RegistryFixture {
    @Test
    void saveWhenStoreHasTheImageNeedsNoNetwork() throws Exception {
        Digest digest = push().digest();
        saving().save("app/x:1");
        int before = registry.requests().size();

        SavedImages byTag = saving().offline().save("app/x:1");
        SavedImages byDigest = saving().offline().save("app/x@" + digest);

        assertThat(byTag.images().get(0).digest()).isEqualTo(digest);
        assertThat(byDigest.images().get(0).digest()).isEqualTo(digest);
        assertThat(registry.requests()).hasSize(before);
    }

    @Test
    void saveWhenStoreLacksThingsListsThemAll() throws Exception {
        TestImage image = push();
        Digest layer = Digests.sha256(image.layer());
        saving().save("app/x:1");
        Files.delete(new ContentStore(directory.resolve("store")).path(layer));
        int before = registry.requests().size();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().offline().save("app/x:1", "app/y:2", "app/z@" + layer))
                .withMessage("""
                        3 of 3 images could not be saved:
                          docker.io/app/x:1 (images/shim/list:1): the build is offline, and the content store does not \
                        have the image: it lacks the blob LAYER, 12000 bytes; build once online, or put an archive of \
                        it into images/skopeo
                          docker.io/app/y:2 (images/shim/list:2): the build is offline, and the content store does not \
                        have the image: its tag is not known; build once online, or put an archive of it into \
                        images/skopeo
                          docker.io/app/z@LAYER (images/shim/list:3): the build is offline, and the content store does \
                        not have the image: it lacks the manifest LAYER; build once online, or put an archive of it \
                        into images/skopeo""".replace("LAYER", layer.toString()));
        assertThat(registry.requests()).hasSize(before);
    }
}
