package io.sealos.oci.internal.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;

/** Lays out headers with the library: most in one block, the others with a PAX header before them. */
final class TarHeaders {
    static final int BLOCK = 512;

    private final byte[] block = new byte[BLOCK];

    void write(TarArchiveEntry entry, OutputStream out) throws IOException {
        if (fitsOneBlock(entry)) {
            entry.writeEntryHeader(block, Ascii.ENCODING, false);
            out.write(block);
        } else {
            writeWithPax(entry, out);
        }
    }

    private static boolean fitsOneBlock(TarArchiveEntry entry) {
        return fits(entry.getName())
                && fits(entry.getLinkName())
                && entry.getSize() <= TarConstants.MAXSIZE
                && isBetween0And(TarConstants.MAXID, entry.getLongUserId())
                && isBetween0And(TarConstants.MAXID, entry.getLongGroupId())
                && isBetween0And(TarConstants.MAXID, entry.getDevMajor())
                && isBetween0And(TarConstants.MAXID, entry.getDevMinor())
                && isBetween0And(
                        TarConstants.MAXSIZE, entry.getLastModifiedTime().toMillis() / 1000);
    }

    private static boolean isBetween0And(long max, long number) {
        return number >= 0 && number <= max;
    }

    // A name of exactly the length of its field is left to the library, too.
    private static boolean fits(String name) {
        boolean fits = name.length() < TarConstants.NAMELEN;
        for (int i = 0; fits && i < name.length(); i++) {
            fits = name.charAt(i) < 128;
        }
        return fits;
    }

    private static void writeWithPax(TarArchiveEntry entry, OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(3 * BLOCK);
        @SuppressWarnings("resource") // closing it would write the end of the archive
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        tar.putArchiveEntry(entry);
        bytes.writeTo(out);
    }

    /** For names that are ASCII; that of the library asks a coder of Java for every name. */
    private enum Ascii implements ZipEncoding {
        ENCODING;

        @Override
        public boolean canEncode(String name) {
            return true;
        }

        @Override
        public ByteBuffer encode(String name) {
            return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String decode(byte[] data) {
            return new String(data, StandardCharsets.US_ASCII);
        }
    }
}
