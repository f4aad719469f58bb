package io.sealos.oci.internal.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The ways to store a tar, each with its media type. The same tar always gives the same bytes. */
enum Storage {
    PLAIN(MediaTypes.OCI_LAYER) {
        @Override
        OutputStream around(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier) {
            return stored;
        }
    },
    GZIP(MediaTypes.OCI_LAYER_GZIP) {
        @Override
        OutputStream around(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier) throws IOException {
            return new ChunkedGzip(stored, pool, earlier);
        }
    },
    ZSTD(MediaTypes.OCI_LAYER_ZSTD) {
        @Override
        OutputStream around(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier) throws IOException {
            try {
                return new ZstdOutputStreamNoFinalizer(stored, ZSTD_LEVEL);
            } catch (LinkageError e) {
                throw new IOException("zstd is not available here (" + e + "); choose gzip, or add zstd-jni", e);
            }
        }
    };

    /** The default of zstd and of the engines; on one thread, because more of them cut the bytes differently. */
    private static final int ZSTD_LEVEL = 3;

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

    /**
     * A stream that makes stored bytes of the tar; to be closed when the tar is whole.
     *
     * @param pool where parts of the work can be done
     * @param earlier what can be taken from an earlier build; null: no build will ask for what this one makes
     */
    abstract OutputStream around(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier)
            throws IOException;
}
