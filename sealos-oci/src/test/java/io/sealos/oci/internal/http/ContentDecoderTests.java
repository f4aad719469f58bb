package io.sealos.oci.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTests {
    private static final byte[] TEXT = "{\"some\":\"text\"}".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    private static final int GZIP_HEADER = 10;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 20})
    void decodeWhenGzipComesInPiecesGivesTheContent(int piece) throws IOException {
        assertThat(decoded("gzip", gzip(TEXT), piece)).isEqualTo(TEXT);
    }

    @Test
    void decodeWhenGzipHasSeveralMembersGivesAllOfThem() throws IOException {
        byte[] two = join(gzip("one ".getBytes(StandardCharsets.UTF_8)), gzip("two".getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded("gzip", two, 5)).asString().isEqualTo("one two");
    }

    @Test
    void decodeWhenGzipHeaderHasAllFieldsSkipsThem() throws IOException {
        byte[] plain = gzip(TEXT);
        byte[] header = Arrays.copyOf(plain, GZIP_HEADER);
        header[3] = 2 | 4 | 8 | 16;
        byte[] fields = {3, 0, 'x', 'y', 0, 'n', 'a', 0, 'c', 0, 1, 2};

        byte[] named = join(header, fields, Arrays.copyOfRange(plain, GZIP_HEADER, plain.length));
        assertThat(decoded("x-gzip", named, 1)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decodeWhenDeflateHasAHeaderOrNotGivesTheContent(boolean raw) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(encoded, new Deflater(9, raw))) {
            out.write(TEXT);
        }

        assertThat(decoded("deflate", encoded.toByteArray(), 1000)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void decodeWhenContentIsNotEncodedGivesItAsItIs(String encoding) throws IOException {
        assertThat(decoded(encoding, TEXT, 1000)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 100, 8})
    void isWholeWhenTheEndIsMissingIsFalse(int missing) throws IOException {
        byte[] encoded = gzip(TEXT);
        ContentDecoder decoder = ContentDecoder.of("gzip").orElseThrow();

        decoder.decode(ByteBuffer.wrap(encoded, 0, encoded.length - missing), bytes -> {});

        assertThat(decoder.isWhole()).isFalse();
    }

    @Test
    void decodeWhenContentIsBrokenFails() throws IOException {
        byte[] encoded = gzip(TEXT);
        Arrays.fill(encoded, GZIP_HEADER, encoded.length, (byte) 0xff);

        assertThatIOException()
                .isThrownBy(() -> decoded("gzip", encoded, encoded.length))
                .withMessage("the answer is not encoded as it says");
    }

    @Test
    void ofWhenEncodingIsUnknownNamesIt() throws IOException {
        assertThat(ContentDecoder.of(" identity ")).isEmpty();
        assertThatExceptionOfType(ContentDecoder.UnknownEncodingException.class)
                .isThrownBy(() -> ContentDecoder.of("gzip, br"))
                .withMessage("the answer has the encoding 'gzip, br', which was not asked for");
    }

    private static byte[] decoded(String encoding, byte[] encoded, int piece) throws IOException {
        ContentDecoder decoder = ContentDecoder.of(encoding).orElseThrow();
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length; i += piece) {
            ByteBuffer bytes = ByteBuffer.wrap(encoded, i, Math.min(piece, encoded.length - i));
            decoder.decode(bytes.asReadOnlyBuffer(), part -> {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                decoded.writeBytes(copy);
            });
        }
        assertThat(decoder.isWhole()).isTrue();
        decoder.close();
        return decoded.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(encoded)) {
            out.write(content);
        }
        return encoded.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
