package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.testing.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedConfigurationTests extends RegistryFixture {
    @Test
    void saveWhenImagesShareAConfigurationFetchesItOnce() throws Exception {
        TestImage image = push();
        String config = "/blobs/" + Digests.sha256(image.config());
        for (int i = 0; i < 8; i++) {
            String manifest = new String(image.manifest(), StandardCharsets.UTF_8) + " ".repeat(i);
            registry.putManifest("app/x", "" + i, MediaTypes.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        }
        registry.fault(config, Fault.delay(Duration.ofMillis(200), 99));

        SavedImages saved =
                saving().save(IntStream.range(0, 8).mapToObj(i -> "app/x:" + i).toArray(String[]::new));

        assertThat(saved.images()).hasSize(8);
        assertThat(registry.requests(config)).isEqualTo(1);
    }
}
