package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests that a blob which a power failure left in the store with its full size but other bytes is fetched again. */
class DamagedStoreTests extends RegistryFixture {
    @Test
    void saveWhenConfigurationIsDamagedFetchesItAgain() throws Exception {
        TestImage image = push();
        saving().save("app/x:1");

        assertThat(mended(Digests.sha256(image.config()))).isEqualTo(image.config());
    }

    @Test
    void saveWhenManifestIsDamagedFetchesItAgain() throws Exception {
        TestImage image = push();
        saving().save("app/x:1");

        assertThat(mended(image.digest())).isEqualTo(image.manifest());
    }

    @Test
    void putWhenDamagedBlobOfTheSameSizeIsThereReplacesIt() throws Exception {
        byte[] content = "content of a layer".getBytes(StandardCharsets.UTF_8);
        Digest digest = new ContentStore(store()).put(content, "sha256").digest();
        damage(digest);
        ContentStore later = new ContentStore(store());

        later.put(content, "sha256");

        assertThat(store().resolve("blobs/sha256").resolve(digest.hex())).hasBinaryContent(content);
        try (InputStream read = later.open(digest)) {
            assertThat(read).hasBinaryContent(content);
        }
    }

    private byte[] mended(Digest damaged) throws Exception {
        damage(damaged);
        saving().save("app/x:1");
        return Files.readAllBytes(store().resolve("blobs/sha256").resolve(damaged.hex()));
    }

    private void damage(Digest digest) throws IOException {
        Path blob = store().resolve("blobs/sha256").resolve(digest.hex());
        Files.write(blob, new byte[Math.toIntExact(Files.size(blob))]);
    }

    private Path store() {
        return directory.resolve("store");
    }
}
