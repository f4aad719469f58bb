package io.sealos.oci.internal.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The ways to store a tar, each with its media type. The same tar always gives the same bytes. */
enum Storage {
    PLAIN(MediaTypes.OCI_LAYER) {
        @Override
        OutputStream around(OutputStream stored) {
            return stored;
        }
    },
    GZIP(MediaTypes.OCI_LAYER_GZIP) {
        @Override
        OutputStream around(OutputStream stored) throws IOException {
            return new FixedGzip(stored);
        }
    },
    ZSTD(MediaTypes.OCI_LAYER_ZSTD) {
        @Override
        OutputStream around(OutputStream stored) throws IOException {
            try {
                return new ZstdOutputStreamNoFinalizer(stored, ZSTD_LEVEL);
            } catch (LinkageError e) {
                throw new IOException("zstd is not available here (" + e + "); choose gzip, or add zstd-jni", e);
            }
        }
    };

    /** A tenth more bytes than at level 6 in a sixth of the time. */
    private static final int GZIP_LEVEL = 2;
    /** The default of zstd and of the engines; on one thread, because more of them cut the bytes differently. */
    private static final int ZSTD_LEVEL = 3;

    private static final int BUFFER = 1 << 16;

    private final String mediaType;

    Storage(String mediaType) {
        this.mediaType = mediaType;
    }

    static Storage of(Compression compression) {
        return switch (compression) {
            case GZIP -> GZIP;
            case ZSTD -> ZSTD;
            case NONE -> PLAIN;
        };
    }

    String mediaType() {
        return mediaType;
    }

    /** A stream that makes stored bytes of the tar; to be closed when the tar is whole. */
    abstract OutputStream around(OutputStream stored) throws IOException;

    /** Its header has no time, no name and no operating system; since Java 16 the platform writes it so. */
    private static final class FixedGzip extends GZIPOutputStream {
        FixedGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(GZIP_LEVEL);
        }
    }
}
