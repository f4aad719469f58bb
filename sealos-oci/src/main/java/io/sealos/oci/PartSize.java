package io.sealos.oci;

import io.sealos.internal.text.Count;

/**
 * The size of the parts of an archive, according to the medium or the file system on which they are carried. Immutable
 * and thread-safe.
 *
 * @see OciLayout#inParts(PartSize)
 * @since 0.1.0
 */
public final class PartSize {
    /** 700 MiB, for a CD-R of 80 minutes. */
    public static final PartSize CD = new PartSize(700L << 20);
    /** 4,680,000,000 bytes, for a single-layer DVD with room for its file system, which must be UDF. */
    public static final PartSize DVD = new PartSize(4_680_000_000L);
    /** One byte less than 4 GiB, which is the largest file on a FAT32 file system. */
    public static final PartSize FAT32 = new PartSize((4L << 30) - 1);
    /** 5 GiB, which is the largest object that S3 accepts in one request. */
    public static final PartSize S3 = new PartSize(5L << 30);

    private static final long LEAST = 1024;

    private final long bytes;

    private PartSize(long bytes) {
        this.bytes = bytes;
    }

    /**
     * {@return parts of a number of bytes}
     *
     * @param bytes the size of each part but the last one, at least 1,024
     * @throws IllegalArgumentException if the number is smaller
     */
    public static PartSize ofBytes(long bytes) {
        if (bytes < LEAST) {
            throw new IllegalArgumentException(
                    "a part of " + Count.of(bytes, "byte") + " is too small; use at least " + LEAST);
        }
        return new PartSize(bytes);
    }

    /** {@return the size of each part but the last one, in bytes} */
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartSize that && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bytes);
    }

    /** {@return the size, such as {@code 4294967295 bytes}} */
    @Override
    public String toString() {
        return Count.of(bytes, "byte");
    }
}
