package io.sealos.oci.internal.read;

import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The header block of a tar entry, with fields at fixed positions and a checksum. */
final class TarBlock {
    static final int SIZE = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final String GNU = "ustar  \0";
    private static final int PREFIX = 345;
    private static final int TIME = 12;
    private static final int LAST = 0x7f;

    private final byte[] bytes;

    TarBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isZero() {
        int bits = 0;
        for (byte one : bytes) {
            bits |= one;
        }
        return bits == 0;
    }

    /** Checks that the block is a header, by its checksum and all its numbers, including unused ones. */
    void check() throws IOException {
        checkSum();
        mode();
        uid();
        gid();
        number(136, TIME);
        major();
        minor();
        if (isStar()) {
            number(476, TIME);
            number(488, TIME);
        }
        TarEntry.sizeOf((char) (type() & 0xff), size());
    }

    /** Checks the checksum, which old programs computed with signed bytes. */
    private void checkSum() throws IOException {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < SIZE; i++) {
            byte one = i >= CHECKSUM && i < CHECKSUM_END ? (byte) ' ' : bytes[i];
            unsigned += one & 0xff;
            signed += one;
        }
        long sum = octal(CHECKSUM, 8);
        if (sum != unsigned && sum != signed) {
            throw new IOException("the checksum in the header of '" + Printable.of(text(0, 100)) + "' is wrong");
        }
    }

    byte type() {
        return bytes[TYPE];
    }

    String name() {
        String prefix = isStar() ? text(PREFIX, 131) : isUstar() ? text(PREFIX, 155) : gnuPrefix();
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    /**
     * Returns the prefix of the name in a GNU header. A GNU header has times instead of a prefix; other content is the
     * prefix of an incorrect writer.
     */
    private String gnuPrefix() {
        if (!hasAt(MAGIC, GNU) || (isTime(PREFIX) && isTime(PREFIX + TIME))) {
            return "";
        }
        String prefix = text(PREFIX, 155);
        return prefix.chars().allMatch(c -> c <= LAST) ? prefix : "";
    }

    private boolean isTime(int offset) {
        if (bytes[offset] == 0) {
            return true;
        }
        try {
            number(offset, TIME);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String link() {
        return text(TYPE + 1, 100);
    }

    long mode() throws IOException {
        return number(100, 8);
    }

    long uid() throws IOException {
        return number(108, 8);
    }

    long gid() throws IOException {
        return number(116, 8);
    }

    long size() throws IOException {
        return number(124, 12);
    }

    long major() throws IOException {
        return isOld() ? 0 : number(329, 8);
    }

    long minor() throws IOException {
        return isOld() ? 0 : number(337, 8);
    }

    /** Returns the size of a sparse file of GNU tar with its holes. */
    long realSize() throws IOException {
        if (!hasAt(MAGIC, GNU)) {
            throw nonsense("only GNU tar writes sparse files like that");
        }
        return number(483, 12);
    }

    /** Returns whether a block with more chunks of a sparse file of GNU tar follows. */
    boolean continuesMap() {
        return bytes[482] != 0;
    }

    private boolean isUstar() {
        return hasAt(MAGIC, "ustar\0");
    }

    private boolean isStar() {
        return isUstar() && hasAt(508, "tar\0");
    }

    private boolean isOld() {
        return !isUstar() && !hasAt(MAGIC, GNU);
    }

    private boolean hasAt(int offset, String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    private String text(int offset, int length) {
        return text(bytes, offset, length);
    }

    /** Returns the text up to the first NUL. */
    static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Returns a number: octal digits, or bytes if the highest bit is set. */
    private long number(int offset, int length) throws IOException {
        return bytes[offset] < 0 ? binary(offset, length) : octal(offset, length);
    }

    private long octal(int offset, int length) throws IOException {
        int start = offset;
        int end = offset + length;
        while (start < end && isFiller(bytes[start])) {
            start++;
        }
        while (end > start && isFiller(bytes[end - 1])) {
            end--;
        }
        long number = 0;
        for (int i = start; i < end && bytes[i] != 0; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 7 || number >>> 61 != 0) {
                throw nonsense("'" + text(start, end - start) + "' is not an octal number");
            }
            number = number << 3 | digit;
        }
        return number;
    }

    private static boolean isFiller(byte one) {
        return one == ' ' || one == 0;
    }

    /** Returns a number in two's complement. */
    private long binary(int offset, int length) throws IOException {
        int inverted = (bytes[offset] & 0x40) != 0 ? 0xff : 0;
        long number = 0;
        for (int i = offset; i < offset + length; i++) {
            int one = (bytes[i] ^ inverted) & (i == offset ? LAST : 0xff);
            if (number >>> 55 != 0) {
                throw nonsense("a number has more than 63 bits");
            }
            number = number << 8 | one;
        }
        return inverted == 0 ? number : ~number;
    }

    static IOException nonsense(String why) {
        return new IOException("a header makes no sense: " + Printable.of(why));
    }
}
