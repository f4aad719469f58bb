package io.sealos.oci.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.delta.TarInsert;
import io.sealos.oci.internal.work.WorkPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedTarTests {
    private static final byte[] BLOB = bytes("blob");
    private static final Digest DIGEST = Digests.sha256(BLOB);

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TarInsert insert(long at, String header, @Nullable Digest blob, long size) {
        return new TarInsert(at, Base64.getEncoder().encodeToString(bytes(header)), blob, size);
    }

    private LayerBlob write(String mediaType, byte[] blob, TarInsert... inserts) throws IOException {
        try (WorkPool pool = WorkPool.of(1, Optional.empty())) {
            return JoinedTar.write(
                    directory,
                    new ByteArrayInputStream(bytes("kept tar")),
                    List.of(inserts),
                    digest -> new ByteArrayInputStream(blob),
                    mediaType,
                    pool);
        }
    }

    @Test
    void writeWhenEntriesWereLeftOutInsertsThem() throws IOException {
        LayerBlob layer = write(
                MediaTypes.OCI_LAYER, BLOB, insert(0, "<dir>", null, 0), insert(4, "<file>", DIGEST, BLOB.length));

        assertThat(layer.file())
                .hasBinaryContent(bytes("<dir>kept<file>blob" + "\0".repeat(508) + " tar"))
                .hasFileName(layer.digest().hex());
    }

    @Test
    void writeWhenEntriesAreOutOfOrderIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> write(MediaTypes.OCI_LAYER, BLOB, insert(4, "a", null, 0), insert(3, "b", null, 0)))
                .withMessage("the entries of the full image are not in their order");
    }

    @Test
    void writeWhenTarIsShorterIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> write(MediaTypes.OCI_LAYER, BLOB, insert(400, "a", null, 0)))
                .withMessage("a layer of the delta image ends early");
    }

    @Test
    void writeWhenHeaderIsNoBase64IsRefused() {
        assertThatIOException()
                .isThrownBy(() -> write(MediaTypes.OCI_LAYER, BLOB, new TarInsert(0, "?", null, 0)))
                .withMessageStartingWith("the header of an entry of the full image cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blo", "blobs", "blab"})
    void writeWhenBlobHasOtherBytesIsRefused(String content) {
        assertThatIOException()
                .isThrownBy(() -> write(MediaTypes.OCI_LAYER, bytes(content), insert(0, "a", DIGEST, BLOB.length)))
                .withMessage("the base has the blob " + DIGEST + " with other bytes; read it again");
    }

    @Test
    void writeWhenMediaTypeIsUnknownIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> write("text/plain", BLOB))
                .withMessage("a layer of the full image has an unknown media type: text/plain");
    }
}
