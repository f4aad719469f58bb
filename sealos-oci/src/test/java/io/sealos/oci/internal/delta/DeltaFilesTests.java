package io.sealos.oci.internal.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealos.images.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaFilesTests {
    private static final Digest DIGEST = Digest.parse("sha256:" + "ab".repeat(32));

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static DeltaNeeds readNeeds(String text) throws IOException {
        return DeltaNeeds.read(stream(text), text.length());
    }

    @Test
    void readWhenNeedsWereWrittenReturnsThem() throws IOException {
        DeltaNeeds needs = new DeltaNeeds(
                List.of("docker.io/acme/shop:1 " + DIGEST),
                List.of(new Need("team/shop", DIGEST, 5), new Need("team/db", DIGEST, 5)),
                List.of(new Need("team/shop", DIGEST, 7)));

        String text = new String(needs.bytes(), StandardCharsets.UTF_8);

        assertThat(text)
                .isEqualTo("base docker.io/acme/shop:1 " + DIGEST + "\nblob team/db " + DIGEST + " 5\nblob team/shop "
                        + DIGEST + " 5\nmanifest team/shop " + DIGEST + " 7\n");
        assertThat(readNeeds(text)).isEqualTo(needs);
        assertThat(needs.digests()).containsExactly(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"blob", "blob a b 1", "other a sha256:00 1", "blob team/db sha256:00 1", "blob a b c d e", ""})
    void readWhenLineHasAnotherFormIsRefused(String line) {
        assertThatIOException()
                .isThrownBy(() -> readNeeds(line + "\n"))
                .withMessage("has a line of another form: " + line);
    }

    @Test
    void readWhenNeedsAreTooLargeIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> DeltaNeeds.read(stream(""), 1L << 40))
                .withMessage("is larger than 134217728 bytes");
    }

    @Test
    void readWhenRecordWasWrittenReturnsIt() throws IOException {
        DeltaRecord record = new DeltaRecord(
                Optional.of("{\"index\": \"ä\"}"),
                "{\"manifest\":1}",
                "{\"config\":1}",
                List.of(List.of(), List.of(new TarInsert(0, "AA==", null, 0), new TarInsert(3, "AA==", DIGEST, 9))));

        assertThat(DeltaRecord.read(new ByteArrayInputStream(record.bytes()))).isEqualTo(record);
    }

    @Test
    void readWhenRecordHasAnotherVersionIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> DeltaRecord.read(stream("{\"version\":2}")))
                .withMessage("is not of version 1; use a newer version of this library");
    }

    @Test
    void readWhenBlobHasNoDigestIsRefused() {
        String record =
                "{\"version\":1,\"layers\":[{\"entries\":[{\"at\":0,\"header\":\"\",\"blob\":\"x\",\"size\":1}]}]}";

        assertThatIOException()
                .isThrownBy(() -> DeltaRecord.read(stream(record)))
                .withMessageStartingWith("has a blob without a digest: ");
    }
}
