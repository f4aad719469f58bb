package io.sealos.oci.internal.read;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Compresses and decompresses with zstd-jni, which is an optional dependency. */
public final class Zstd {
    /** The fix of {@link #problem}. */
    public static final String FIX = "add com.github.luben:zstd-jni to the dependencies";

    private Zstd() {}

    /**
     * Returns a stream that compresses.
     *
     * @throws LinkageError if zstd-jni is missing or does not work on this machine; see {@link #problem}
     */
    public static OutputStream compress(OutputStream stored) throws IOException {
        return Library.compress(stored);
    }

    /**
     * Returns a stream that decompresses.
     *
     * @throws LinkageError if zstd-jni is missing or does not work on this machine; see {@link #problem}
     */
    public static InputStream decompress(InputStream stored) throws IOException {
        return Library.decompress(stored);
    }

    /**
     * Returns normally if zstd-jni can be used.
     *
     * @throws IllegalStateException if it cannot
     */
    public static void requireAvailable() {
        try {
            compress(OutputStream.nullOutputStream()).close();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "layers cannot be compressed with zstd: " + problem(e) + "; " + FIX + ", or choose gzip", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the reason for an error of the other methods. */
    public static String problem(LinkageError error) {
        boolean missing = error instanceof NoClassDefFoundError
                && String.valueOf(error.getMessage()).contains("/zstd/");
        return missing ? "zstd-jni is not on the class path" : "zstd-jni does not work on this machine (" + error + ")";
    }

    /** The only class that cannot be linked without zstd-jni. */
    private static final class Library {
        /**
         * The compression level, which is the default of zstd and of the engines. Only one thread is used, because
         * several would result in other bytes.
         */
        private static final int LEVEL = 3;

        static OutputStream compress(OutputStream stored) throws IOException {
            return new ZstdOutputStreamNoFinalizer(stored, LEVEL);
        }

        static InputStream decompress(InputStream stored) throws IOException {
            return new ZstdCompressorInputStream(stored);
        }
    }
}
