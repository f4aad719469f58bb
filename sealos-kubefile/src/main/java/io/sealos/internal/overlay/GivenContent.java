package io.sealos.internal.overlay;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file that a program gives: bytes in memory, or a stream that is opened for each read. The first read
 * determines the size and a checksum, and a later read that differs from it fails. Immutable and thread-safe.
 */
final class GivenContent {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final StreamOpener opener;
    private final Look expected;

    /** The size and the checksum of a read. The checksum detects mistakes, and does not protect from attacks. */
    private record Look(long size, long checksum) {}

    private GivenContent(String name, byte[] bytes) {
        this.name = name;
        this.opener = () -> new ByteArrayInputStream(bytes);
        this.expected = new Look(bytes.length, checksum(bytes));
    }

    private GivenContent(String name, StreamOpener opener) throws IOException {
        this.name = name;
        this.opener = opener;
        this.expected = look(name, opener);
    }

    static GivenContent ofBytes(String name, byte[] bytes) {
        return new GivenContent(name, bytes.clone());
    }

    /** Reads the whole stream once. */
    static GivenContent ofStream(String name, StreamOpener opener) throws IOException {
        return new GivenContent(name, opener);
    }

    private static long checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return checksum.getValue();
    }

    /** {@return the size in bytes} */
    long size() {
        return expected.size();
    }

    /** {@return a stream of the content, which fails if it differs from the first read} */
    InputStream open() throws IOException {
        return new Checked(name, stream(name, opener), expected);
    }

    private static Look look(String name, StreamOpener opener) throws IOException {
        try (Checked in = new Checked(name, stream(name, opener), null)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer, 0, BUFFER) >= 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while " + name + " was read");
                }
            }
            return in.look();
        }
    }

    private static InputStream stream(String name, StreamOpener opener) throws IOException {
        @Nullable InputStream opened;
        try {
            opened = opener.open();
        } catch (UncheckedIOException e) {
            throw failure(name, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failure(name, e);
        }
        if (opened == null) {
            throw failure(name, "has no stream: the given source returned null; return a new stream each time", null);
        }
        return opened;
    }

    private static IOException failure(String name, IOException cause) {
        return cause instanceof InterruptedIOException
                ? cause
                : failure(name, "cannot be read from the given source: " + cause.getMessage(), cause);
    }

    private static IOException failure(String name, String problem, @Nullable IOException cause) {
        FileSystemException failure = new FileSystemException(name, null, problem);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** Counts what is read, and compares it with the first read. */
    private static final class Checked extends FilterInputStream {
        private final String name;
        private final @Nullable Look expected;
        private final CRC32C checksum = new CRC32C();
        private long size;

        Checked(String name, InputStream in, @Nullable Look expected) {
            super(in);
            this.name = name;
            this.expected = expected;
        }

        Look look() {
            return new Look(size, checksum.getValue());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(bytes, offset, length);
            } catch (UncheckedIOException e) {
                throw failure(name, Objects.requireNonNull(e.getCause()));
            } catch (IOException e) {
                throw failure(name, e);
            }
            if (read > 0) {
                size += read;
                checksum.update(bytes, offset, read);
            }
            check(read < 0);
            return read;
        }

        // A reader that knows the size may not ask for the end.
        private void check(boolean atEnd) throws IOException {
            if (expected != null
                    && (size > expected.size() || ((atEnd || size == expected.size()) && !expected.equals(look())))) {
                throw failure(
                        name,
                        "differs from what the given source returned before; return the same bytes each time, or write"
                                + " them to a file and give its path",
                        null);
            }
        }

        // What is skipped counts as well.
        @Override
        public long skip(long count) throws IOException {
            byte[] buffer = new byte[(int) Math.max(1, Math.min(count, BUFFER))];
            long skipped = 0;
            while (skipped < count) {
                int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
                if (read < 0) {
                    break;
                }
                skipped += read;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public synchronized void mark(int limit) {
            // Marks are not supported.
        }

        @Override
        public synchronized void reset() throws IOException {
            throw new IOException("marks are not supported");
        }
    }
}
