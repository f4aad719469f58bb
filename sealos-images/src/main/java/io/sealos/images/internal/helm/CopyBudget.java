package io.sealos.images.internal.helm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Limits on a chart with all its dependencies, on disk and while it is unpacked, against archive bombs. */
public final class CopyBudget {
    private static final int MAX_ENTRIES = 50_000;
    /** The factor by which an archive with its headers and padding may exceed the content. */
    private static final int MOST_OVERHEAD = 2;

    private final long maxBytes;
    /** The directories that exist. Creating one again would cost an exception inside the JDK for each file. */
    private final Set<Path> directories = new HashSet<>();

    private int entries;
    private long bytes;
    private long unpacked;

    public CopyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Counts a file, and checks for an interrupt. */
    public void countEntry() throws IOException {
        if (++entries > MAX_ENTRIES) {
            throw new ChartFormatException("the chart has more than " + MAX_ENTRIES + " files");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a chart was read");
        }
    }

    void copy(InputStream in, Path target) throws IOException {
        Path parent = target.getParent();
        if (parent != null && directories.add(parent)) {
            Files.createDirectories(parent);
        }
        byte[] buffer = new byte[1 << 14];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                check(bytes, maxBytes);
                out.write(buffer, 0, count);
            }
        }
    }

    /** {@return a stream that counts the unpacked bytes of an archive, whether or not they are kept} */
    public InputStream counting(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                unpacked += Math.max(count, 0);
                check(unpacked, maxBytes * MOST_OVERHEAD);
                return count;
            }

            @Override
            public long skip(long count) throws IOException {
                long skipped = super.skip(count);
                unpacked += skipped;
                check(unpacked, maxBytes * MOST_OVERHEAD);
                return skipped;
            }
        };
    }

    private void check(long taken, long limit) throws IOException {
        if (taken > limit) {
            throw new ChartFormatException("the chart is larger than " + maxBytes + " bytes");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a chart was read");
        }
    }
}
