package io.sealos.oci.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipMembersTests {
    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static GzipMembers open(byte[] bytes) throws IOException {
        return new GzipMembers(new ByteArrayInputStream(bytes));
    }

    /** The header of a member with more fields in it. */
    private static byte[] withFields(int flags, byte[] fields) throws IOException {
        byte[] plain = gzip("words");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 3);
        bytes.write(flags);
        bytes.write(plain, 4, 6);
        bytes.write(fields);
        bytes.write(plain, 10, plain.length - 10);
        return bytes.toByteArray();
    }

    @Test
    void readWhenMembersFollowEachOtherReadsAll() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : new String[] {"one ", "", "x".repeat(200_000), " two"}) {
            bytes.write(gzip(text));
        }
        try (GzipMembers members = open(bytes.toByteArray())) {
            assertThat(new String(members.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("one " + "x".repeat(200_000) + " two");
            assertThat(members.read()).isEqualTo(-1);
        }
    }

    @Test
    void readWhenChecksumIsWrongRefusesOnlyWhatFollows() throws IOException {
        byte[] bytes = gzip("words");
        bytes[bytes.length - 6]++;
        try (GzipMembers members = open(bytes)) {
            assertThat(members.readNBytes(5))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("words");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(members::read)
                    .withMessage("its checksum is wrong");
        }
    }

    @Test
    void readWhenTrailerIsCutOffRefusesOnlyWhatFollows() throws IOException {
        byte[] bytes = gzip("words");
        try (GzipMembers members = open(Arrays.copyOf(bytes, bytes.length - 4))) {
            assertThat(members.readNBytes(5)).hasSize(5);
            assertThatExceptionOfType(EOFException.class).isThrownBy(members::read);
        }
    }

    @Test
    void readWhenWordsFollowRefusesThem() throws IOException {
        byte[] bytes = gzip("words");
        int end = bytes.length;
        byte[] longer = Arrays.copyOf(bytes, end + 20);
        Arrays.fill(longer, end, end + 20, (byte) 'w');
        try (GzipMembers members = open(longer)) {
            assertThat(members.readNBytes(5)).hasSize(5);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(members::read)
                    .withMessage("it has something else where gzip goes on");
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 03006162ff", "8, 612e74617200", "16, 6300", "28, 020061626200c300", "224, ''"})
    void readWhenHeaderHasFieldsPassesThem(int flags, String hex) throws IOException {
        try (GzipMembers members = open(withFields(flags, HexFormat.of().parseHex(hex)))) {
            assertThat(members.readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("words");
        }
    }

    @Test
    void openWhenNameIsLongIsRefused() {
        byte[] name = new byte[513];
        Arrays.fill(name, 0, 512, (byte) 'n');
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> open(withFields(8, name)))
                .withMessage("a header of gzip has a name of more than 512 bytes");
    }

    @Test
    void openWhenChecksumOfHeaderIsWrongIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> open(withFields(2, new byte[2])))
                .withMessage("the checksum of a header of gzip is wrong");
    }
}
