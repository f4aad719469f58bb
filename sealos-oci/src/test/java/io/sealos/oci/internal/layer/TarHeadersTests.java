package io.sealos.oci.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.read.ExtendedAttributes;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.Test;

class TarHeadersTests {
    private static final byte[] TYPES = {
        TarConstants.LF_NORMAL, TarConstants.LF_DIR, TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR
    };
    private static final ZipEncoding ENCODING = ZipEncodingHelper.getZipEncoding("UTF-8");

    private static byte[] written(TarHeader header) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TarHeaders().write(header, out);
        return out.toByteArray();
    }

    private static byte[] ofLibrary(TarHeader header) throws IOException {
        byte[] block = new byte[TarHeaders.BLOCK];
        TarHeaders.entry(header).writeEntryHeader(block, ENCODING, false);
        return block;
    }

    private static TarHeader random(Random random, int most) {
        return new TarHeader(
                name(random, 1, most),
                TYPES[random.nextInt(TYPES.length)],
                random.nextInt(010000),
                random.nextInt(4) == 0 ? 0 : random.nextInt(1 << 21),
                random.nextInt(1 << 21),
                random.nextInt(4) == 0 ? 0 : random.nextLong() & ((1L << 33) - 1),
                random.nextLong() & ((1L << 33) - 1),
                name(random, 0, most),
                random.nextInt(256),
                random.nextInt(1 << 20));
    }

    private static String name(Random random, int least, int most) {
        StringBuilder name = new StringBuilder();
        for (int left = least + random.nextInt(most - least + 1); left > 0; left--) {
            name.append((char) (' ' + random.nextInt(95)));
        }
        return name.toString();
    }

    @Test
    void writeWhenAllFitsOneBlockGivesTheBytesOfTheLibrary() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            TarHeader header = random(random, TarConstants.NAMELEN - 1);
            assertThat(written(header)).as("%s", header).isEqualTo(ofLibrary(header));
        }
    }

    @Test
    void writeWhenSomethingIsTooLongIsReadBack() throws IOException {
        assertReadBack(new TarHeader("d/".repeat(100), TarConstants.LF_DIR, 0755, 0, 0, 0, 0, "", 0, 0));
        assertReadBack(new TarHeader("ü", TarConstants.LF_NORMAL, 0644, 0, 0, 0, 0, "", 0, 0));
        assertReadBack(new TarHeader("a", TarConstants.LF_SYMLINK, 0777, 1, 2, 0, 3, "l".repeat(300), 0, 0));
        assertReadBack(new TarHeader("a", TarConstants.LF_NORMAL, 0644, 1L << 31, 1L << 32, 0, 0, "", 0, 0));
        assertReadBack(new TarHeader("a", TarConstants.LF_NORMAL, 0644, 0, 0, 1L << 40, 0, "", 0, 0));
        assertReadBack(new TarHeader("a", TarConstants.LF_NORMAL, 0644, 0, 0, 0, 1L << 34, "", 0, 0));
    }

    private static void assertReadBack(TarHeader header) throws IOException {
        byte[] written = written(header);
        assertThat(written.length).isGreaterThan(TarHeaders.BLOCK);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(written), "UTF-8")) {
            TarArchiveEntry entry = tar.getNextEntry();
            assertThat(new TarHeader(
                            entry.getName(),
                            entry.getLinkFlag(),
                            entry.getMode(),
                            entry.getLongUserId(),
                            entry.getLongGroupId(),
                            entry.getSize(),
                            entry.getLastModifiedTime().toMillis() / 1000,
                            entry.getLinkName(),
                            entry.getDevMajor(),
                            entry.getDevMinor()))
                    .isEqualTo(header);
        }
    }

    @Test
    void writeWhenFileHasAttributesAreReadBackByteForByte() throws IOException {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        for (String path : List.of("f", "n".repeat(300))) {
            ExtendedAttributes attributes = ExtendedAttributes.NONE;
            for (int length = 80; length < 110; length++) {
                attributes = attributes.with("user." + length, new byte[length]);
            }
            TarHeader header = new TarHeader(
                    path,
                    TarConstants.LF_NORMAL,
                    04755,
                    1L << 31,
                    8,
                    0,
                    3,
                    "",
                    0,
                    0,
                    attributes.with("user.ü", every).with("security.capability", every));
            TarEntry entry = Objects.requireNonNull(new TarEntries(new ByteArrayInputStream(written(header))).next());
            assertThat(entry.attributes()).isEqualTo(header.attributes());
            assertThat(entry.name()).isEqualTo(path);
            assertThat(entry.uid()).isEqualTo(1L << 31);
        }
    }
}
