package io.sealos.oci.internal.layer;

import java.nio.charset.StandardCharsets;

/**
 * Chooses content-defined chunk boundaries in a tar stream, before the headers of some names and of large files. An
 * entry that is added, removed or resized affects only the boundaries around it.
 */
final class ChunkBoundaries {
    /**
     * The maximum size of a chunk. For the garbage collector, an array of this size is not humongous even in a small
     * heap.
     */
    static final int MOST = 7 << 16;

    private static final int LEAST = 1 << 18;
    private static final int LEAST_BEFORE_LARGE = 1 << 16;
    private static final int BLOCK = TarHeaders.BLOCK;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int MAGIC_OFFSET = 257;
    private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
    /** The remainder of the names before which a chunk begins, which one name in four has. */
    private static final int CHOSEN = 3;

    private ChunkBoundaries() {}

    /**
     * {@return the length of the first chunk of the given bytes, which begin with a block; all of them if there is no
     * boundary}
     */
    static int end(byte[] tar, int length) {
        for (int header = BLOCK; header + BLOCK <= length; header += BLOCK) {
            boolean wanted = header >= LEAST_BEFORE_LARGE
                    && isHeader(tar, header)
                    && (isLarge(tar, header) || (header >= LEAST && isChosen(tar, header)));
            if (wanted) {
                return header;
            }
        }
        return length;
    }

    /**
     * Returns whether a block looks like a header. Content that looks like a header is rare, and merely adds a
     * boundary.
     */
    private static boolean isHeader(byte[] tar, int block) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (tar[block + MAGIC_OFFSET + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChosen(byte[] tar, int header) {
        int hash = 0;
        for (int i = header; i < header + NAME_LENGTH; i++) {
            hash = 31 * hash + tar[i];
        }
        return (hash >>> 8 & CHOSEN) == 0;
    }

    private static boolean isLarge(byte[] tar, int header) {
        long size = 0;
        for (int i = header + SIZE_OFFSET; i < header + SIZE_OFFSET + SIZE_LENGTH; i++) {
            size = tar[i] >= '0' && tar[i] <= '7' ? size * 8 + tar[i] - '0' : size;
        }
        return size >= MOST;
    }
}
