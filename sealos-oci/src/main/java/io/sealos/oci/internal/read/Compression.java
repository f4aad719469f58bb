package io.sealos.oci.internal.read;

import io.sealos.oci.internal.MediaTypes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The compression of a layer, recognized by its first bytes and not by a media type. */
public enum Compression {
    GZIP("1f8b"),
    ZSTD("28b52ffd"),
    NONE("");

    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 4;

    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    /** Returns a stream that can be passed to {@link #of} and {@link #decompress}. */
    public static BufferedInputStream buffered(InputStream stored) {
        return new BufferedInputStream(stored, BUFFER);
    }

    public static Compression of(BufferedInputStream stored) throws IOException {
        stored.mark(MAGIC);
        String start = HexFormat.of().formatHex(stored.readNBytes(MAGIC));
        stored.reset();
        return Arrays.stream(values())
                .filter(compression -> start.startsWith(compression.magic))
                .findFirst()
                .orElse(NONE);
    }

    /** Returns the compression that a media type such as {@code application/vnd.oci.image.layer.v1.tar+gzip} names. */
    public static Compression named(String mediaType) {
        return Arrays.stream(values())
                .filter(compression -> mediaType.endsWith(compression.word()))
                .findFirst()
                .orElse(NONE);
    }

    /** Returns the uncompressed tar. */
    public InputStream decompress(BufferedInputStream stored) throws IOException {
        return switch (this) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(stored)
                        .setDecompressConcatenated(true)
                        .get();
            case ZSTD -> zstd(stored);
            case NONE -> stored;
        };
    }

    private static InputStream zstd(InputStream stored) throws IOException {
        try {
            return Zstd.decompress(stored);
        } catch (LinkageError e) {
            throw new IOException("it is compressed with zstd: " + Zstd.problem(e) + "; " + Zstd.FIX, e);
        }
    }

    /** Returns the OCI media type of a layer with this compression. */
    public String layerType() {
        return switch (this) {
            case GZIP -> MediaTypes.OCI_LAYER_GZIP;
            case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
            case NONE -> MediaTypes.OCI_LAYER;
        };
    }

    /** Returns the Docker media type of a layer with this compression. */
    public String dockerLayerType() {
        return switch (this) {
            case GZIP -> MediaTypes.DOCKER_LAYER_GZIP;
            case ZSTD -> MediaTypes.DOCKER_LAYER_ZSTD;
            case NONE -> MediaTypes.DOCKER_LAYER;
        };
    }

    private String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return this == NONE ? "not compressed" : "compressed with " + word();
    }
}
