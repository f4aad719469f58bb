package io.sealos.oci.internal.layer;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.Zstd;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which a tar can be stored, with their media types. The same tar always results in the same bytes. */
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
            return Zstd.compress(stored);
        }
    };

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

    /** Returns the way in which layers with a media type are stored. */
    static Storage ofMediaType(String mediaType) throws IOException {
        return Stream.of(values())
                .filter(storage -> storage.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "a layer of the full image has an unknown media type: " + Printable.of(mediaType)));
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Returns a stream that compresses the tar. It must be closed at the end of the tar.
     *
     * @param stored receives the stored bytes
     * @param pool the threads for parts of the work
     * @param earlier the chunks of an earlier build; null if no later build will use the chunks of this one
     */
    abstract OutputStream around(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier)
            throws IOException;
}
