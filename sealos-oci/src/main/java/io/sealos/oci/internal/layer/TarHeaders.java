package io.sealos.oci.internal.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Writes tar headers. A common header consists of one block, which is written here. Headers with PAX records are
 * written by commons-compress. The bytes of a block are the same as those of the library, which takes ten times as
 * long. The fields are those of <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06">ustar</a>.
 */
final class TarHeaders {
    static final int BLOCK = 512;

    private static final String ATTRIBUTE = "SCHILY.xattr.";
    private static final int SIZE_OFFSET = 124;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int CHECKSUM_DIGITS = 6;

    private final byte[] block = new byte[BLOCK];
    private int end;

    void write(TarHeader header, OutputStream out) throws IOException {
        if (fitsOneBlock(header)) {
            lay(header);
            out.write(block);
        } else {
            writeWithPax(header, out);
        }
    }

    private void lay(TarHeader header) {
        Arrays.fill(block, (byte) 0);
        end = 0;
        text(header.path(), TarConstants.NAMELEN);
        number(header.mode(), TarConstants.MODELEN);
        number(header.uid(), TarConstants.UIDLEN);
        number(header.gid(), TarConstants.GIDLEN);
        number(header.size(), TarConstants.SIZELEN);
        number(header.epochSecond(), TarConstants.MODTIMELEN);
        text("        ", TarConstants.CHKSUMLEN);
        block[end++] = header.type();
        text(header.link(), TarConstants.NAMELEN);
        text(TarConstants.MAGIC_POSIX, TarConstants.MAGICLEN);
        text(TarConstants.VERSION_POSIX, TarConstants.VERSIONLEN);
        end += TarConstants.UNAMELEN + TarConstants.GNAMELEN;
        number(header.major(), TarConstants.DEVLEN);
        number(header.minor(), TarConstants.DEVLEN);
        checksum();
    }

    private void text(String ascii, int length) {
        for (int i = 0; i < ascii.length(); i++) {
            block[end + i] = (byte) ascii.charAt(i);
        }
        end += length;
    }

    /** Writes a number as octal digits that fill the field, followed by a space. */
    private void number(long number, int length) {
        digits(number, end, length - 1);
        block[end + length - 1] = ' ';
        end += length;
    }

    private void digits(long number, int offset, int count) {
        long left = number;
        for (int i = offset + count - 1; i >= offset; i--) {
            block[i] = (byte) ('0' + (left & 7));
            left >>>= 3;
        }
    }

    /** Writes the checksum of all bytes, for which its own field counts as spaces. */
    private void checksum() {
        int sum = 0;
        for (byte one : block) {
            sum += one & 0xff;
        }
        digits(sum, CHECKSUM_OFFSET, CHECKSUM_DIGITS);
        block[CHECKSUM_OFFSET + CHECKSUM_DIGITS] = 0;
    }

    private static boolean fitsOneBlock(TarHeader header) {
        return header.attributes().isEmpty()
                && fits(header.path())
                && fits(header.link())
                && isBetween0And(TarConstants.MAXSIZE, header.size())
                && isBetween0And(TarConstants.MAXID, header.uid())
                && isBetween0And(TarConstants.MAXID, header.gid())
                && isBetween0And(TarConstants.MAXID, header.major())
                && isBetween0And(TarConstants.MAXID, header.minor())
                && isBetween0And(TarConstants.MAXSIZE, header.epochSecond());
    }

    private static boolean isBetween0And(long max, long number) {
        return number >= 0 && number <= max;
    }

    // Names that fill their field exactly are also written by the library.
    private static boolean fits(String name) {
        boolean fits = name.length() < TarConstants.NAMELEN;
        for (int i = 0; fits && i < name.length(); i++) {
            fits = name.charAt(i) < 128;
        }
        return fits;
    }

    private void writeWithPax(TarHeader header, OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(3 * BLOCK);
        @SuppressWarnings("resource") // closing it would write the end of the archive
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        tar.putArchiveEntry(entry(header));
        if (header.attributes().isEmpty()) {
            bytes.writeTo(out);
        } else {
            writeWithAttributes(header, bytes.toByteArray(), out);
        }
    }

    /**
     * Writes a header with extended attributes. Their values are binary, but the records of the library are texts, so
     * the records of attributes are added here.
     */
    private void writeWithAttributes(TarHeader header, byte[] written, OutputStream out) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream(BLOCK);
        if (written.length > BLOCK) {
            records.write(written, BLOCK, (int) TarUtils.parseOctal(written, SIZE_OFFSET, TarConstants.SIZELEN));
        }
        for (Map.Entry<String, String> attribute : header.attributes().values().entrySet()) {
            records.write(record(ATTRIBUTE + attribute.getKey(), attribute.getValue()));
        }
        lay(header.extendedBy(records.size()));
        out.write(block);
        records.writeTo(out);
        out.write(new byte[-records.size() & (BLOCK - 1)]);
        out.write(written, written.length - BLOCK, BLOCK);
    }

    /** Returns a PAX record. Its length includes its own digits. */
    private static byte[] record(String key, String value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        int rest = name.length + bytes.length + 3;
        int length = rest + String.valueOf(rest).length();
        length = rest + String.valueOf(length).length();
        byte[] start = (length + " ").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(length)
                .put(start)
                .put(name)
                .put((byte) '=')
                .put(bytes)
                .put((byte) '\n')
                .array();
    }

    static TarArchiveEntry entry(TarHeader header) {
        TarArchiveEntry entry = new TarArchiveEntry(header.path(), header.type(), true);
        entry.setMode(header.mode());
        entry.setUserId(header.uid());
        entry.setGroupId(header.gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(header.epochSecond() * 1000L);
        entry.setSize(header.size());
        entry.setLinkName(header.link());
        entry.setDevMajor(header.major());
        entry.setDevMinor(header.minor());
        return entry;
    }
}
