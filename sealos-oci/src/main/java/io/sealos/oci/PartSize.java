package io.sealos.oci;

import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Map<String, PartSize> MEDIA = Map.of("cd", CD, "dvd", DVD, "fat32", FAT32, "s3", S3);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}(?:[.][0-9]{1,18})?) ?(?:([kmgt])(i)?)?b?");

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

    /**
     * {@return the size that a text states, such as the value of an option}
     *
     * @param text {@code cd}, {@code dvd}, {@code fat32} or {@code s3}, or a number with a decimal unit ({@code B},
     *     {@code kB}, {@code MB}, {@code GB}, {@code TB}; 1 kB is 1,000 bytes) or a binary one ({@code KiB},
     *     {@code MiB}, {@code GiB}, {@code TiB}; 1 KiB is 1,024 bytes), such as {@code 650MB} or {@code 4.7 GB}; a
     *     number without a unit is one of bytes. The {@code B} may be left out. Upper and lower case are the same. A
     *     part of a byte is left out
     * @throws IllegalArgumentException if the text has another form, or the size is smaller than 1,024 bytes or larger
     *     than 2^63-1
     */
    public static PartSize parse(String text) {
        String size = text.strip().toLowerCase(Locale.ROOT);
        PartSize medium = MEDIA.get(size);
        if (medium != null) {
            return medium;
        }
        Matcher parts = FORM.matcher(size);
        if (!parts.matches()) {
            throw malformed(text);
        }
        BigDecimal bytes = new BigDecimal(parts.group(1))
                .multiply(unit(Objects.requireNonNullElse(parts.group(2), ""), parts.group(3) != null));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw malformed(text);
        }
        return ofBytes(bytes.longValue());
    }

    private static BigDecimal unit(String prefix, boolean binary) {
        int power = prefix.isEmpty() ? 0 : "kmgt".indexOf(prefix) + 1;
        return BigDecimal.valueOf(binary ? 1024 : 1000).pow(power);
    }

    private static IllegalArgumentException malformed(String text) {
        return PlacedArgumentException.at(
                "'" + Printable.of(text) + "'",
                " is not the size of a part; write cd, dvd, fat32 or s3, or a number with a unit, such as 650MB or 4GiB");
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
