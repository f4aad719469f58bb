package io.sealos.oci.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarEntriesTests {
    private static final byte[] TYPES = {
        TarConstants.LF_NORMAL,
        TarConstants.LF_DIR,
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
    };

    private static List<String> read(byte[] tar) throws IOException {
        List<String> lines = new ArrayList<>();
        TarEntries entries = new TarEntries(new ByteArrayInputStream(tar));
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            lines.add(String.join(
                    " ",
                    String.valueOf(entry.type()),
                    entry.name(),
                    entry.linkName(),
                    Integer.toOctalString(entry.mode()),
                    entry.uid() + ":" + entry.gid(),
                    entry.major() + ":" + entry.minor(),
                    new String(entries.content().readAllBytes(), StandardCharsets.ISO_8859_1)));
        }
        return lines;
    }

    private static List<String> readByLibrary(byte[] tar) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                lines.add(String.join(
                        " ",
                        String.valueOf((char) entry.getLinkFlag()),
                        entry.getName(),
                        entry.getLinkName(),
                        Integer.toOctalString(entry.getMode()),
                        entry.getLongUserId() + ":" + entry.getLongGroupId(),
                        entry.getDevMajor() + ":" + entry.getDevMinor(),
                        new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)));
            }
        }
        return lines;
    }

    private static byte[] random(Random random, int longNames, int bigNumbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longNames);
            tar.setBigNumberMode(bigNumbers);
            tar.setAddPaxHeadersForNonAsciiNames(random.nextBoolean());
            for (int i = random.nextInt(5); i >= 0; i--) {
                put(random, tar);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(Random random, TarArchiveOutputStream tar) throws IOException {
        byte type = TYPES[random.nextInt(TYPES.length)];
        String name = name(random) + (type == TarConstants.LF_DIR ? "/" : "");
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(random.nextInt(010000));
        entry.setUserId(random.nextLong() >>> 33);
        entry.setGroupId(random.nextLong() >>> 40);
        if (type == TarConstants.LF_CHR || type == TarConstants.LF_BLK) {
            entry.setDevMajor(random.nextInt(256));
            entry.setDevMinor(random.nextInt(1 << 20));
        }
        if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
            entry.setLinkName(name(random));
        }
        byte[] content = new byte[type == TarConstants.LF_NORMAL ? random.nextInt(1500) : 0];
        random.nextBytes(content);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("n");
        for (int left = random.nextInt(random.nextInt(4) == 0 ? 300 : 20); left > 0; left--) {
            name.append(random.nextInt(9) == 0 ? 'ü' : (char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private static byte[] ofOneFile(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("f");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void nextWhenArchiveIsWellFormedReadsWhatTheLibraryReads(int longNames) throws IOException {
        Random random = new Random(longNames);
        int bigNumbers = longNames == TarArchiveOutputStream.LONGFILE_GNU
                ? TarArchiveOutputStream.BIGNUMBER_STAR
                : TarArchiveOutputStream.BIGNUMBER_POSIX;
        for (int i = 0; i < 500; i++) {
            byte[] tar = random(random, longNames, bigNumbers);
            assertThat(read(tar)).isEqualTo(readByLibrary(tar));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511})
    void nextWhenPaddingOfTheLastIsMissingReadsIt(int padding) throws IOException {
        byte[] tar = ofOneFile("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(read(Arrays.copyOf(tar, Math.min(517 + padding, 1024))))
                .singleElement()
                .asString()
                .endsWith(" hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 516})
    void nextWhenContentIsCutOffIsRefused(int length) throws IOException {
        byte[] tar = Arrays.copyOf(ofOneFile("hello".getBytes(StandardCharsets.US_ASCII)), length);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(tar))
                .withMessage("it ends in the middle of an entry");
        TarEntries inFile = TarEntries.ofFile(new ByteArrayInputStream(tar));
        assertThat(inFile.next()).isNotNull();
        assertThatExceptionOfType(IOException.class).isThrownBy(inFile::next);
    }

    @Test
    void nextWhenHeaderIsCutOffIsRefused() throws IOException {
        byte[] tar = Arrays.copyOf(ofOneFile(new byte[512]), 1024 + 300);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(tar))
                .withMessage("it ends in the middle of an entry");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(new byte[300]))
                .withMessage("it is not a tar, because it is shorter than a header");
    }

    @Test
    void nextWhenOnlyOneBlockIsEmptyEndsThereIfNothingFollows() throws IOException {
        byte[] tar = ofOneFile(new byte[512]);
        assertThat(read(Arrays.copyOf(tar, 1024 + 512))).hasSize(1);
        byte[] continued = Arrays.copyOf(tar, 2048);
        continued[1600] = 1;
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(continued))
                .withMessage("a header makes no sense: it is empty, but the archive does not end there");
    }

    @Test
    void nextWhenRecordsAreGlobalLeavesThemOut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry global =
                    new TarArchiveEntry("pax_global_header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
            global.addPaxHeader("uid", "77");
            tar.putArchiveEntry(global);
            tar.putArchiveEntry(new TarArchiveEntry("f"));
            tar.closeArchiveEntry();
        }
        assertThat(read(bytes.toByteArray()))
                .singleElement()
                .asString()
                .startsWith("0 f ")
                .contains(" 0:0 ");
        TarEntry first = new TarEntries(new ByteArrayInputStream(bytes.toByteArray())).nextOrGlobal();
        assertThat(first).extracting(TarEntry::name).isEqualTo("pax_global_header");
    }

    @Test
    void nextWhenBytesAreDamagedReadsOrRefusesAndNothingElse() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 4_000; i++) {
            byte[] tar = random(random, TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                tar[random.nextInt(Math.min(tar.length, 3000))] = (byte) random.nextInt();
            }
            try {
                read(repaired(tar, random));
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("null");
            } catch (RuntimeException e) {
                fail("only IOException is expected", e);
            }
        }
    }

    /** With the right checksum in one block, so that more than checksums is tried. */
    private static byte[] repaired(byte[] tar, Random random) {
        int block = random.nextInt(Math.min(tar.length, 3072) / 512) * 512;
        Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
        int sum = 0;
        for (int i = block; i < block + 512; i++) {
            sum += tar[i] & 0xff;
        }
        byte[] digits = String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, block + 148, digits.length);
        return tar;
    }
}
