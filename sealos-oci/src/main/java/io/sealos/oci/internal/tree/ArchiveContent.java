package io.sealos.oci.internal.tree;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A member of an unpacked archive: a range of a file.
 *
 * @param source the archive as it was found, compressed or not
 */
record ArchiveContent(Path archive, Content source, String member, long offset, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ);
        channel.position(offset);
        return new Range(Channels.newInputStream(channel), size);
    }

    @Override
    public @Nullable String identity() throws IOException {
        String identity = source.identity();
        return identity == null ? null : identity + "@" + offset;
    }

    @Override
    public String place() {
        return archive + ":" + member;
    }

    // All names of a member share this object, so they are links of each other.
    @Override
    public Object linkIdentity() {
        return this;
    }

    private static final class Range extends FilterInputStream {
        private long left;

        Range(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }
}
