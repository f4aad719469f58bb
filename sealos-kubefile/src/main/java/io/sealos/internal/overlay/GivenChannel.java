package io.sealos.internal.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Reads a given file. A position before the current one opens it again. Not thread-safe. */
final class GivenChannel implements SeekableByteChannel {
    private final GivenContent content;
    private final long size;
    private @Nullable InputStream in;
    private @Nullable ReadableByteChannel channel;
    private long reached;
    private long position;
    private boolean closed;

    GivenChannel(GivenContent content) {
        this.content = content;
        this.size = content.size();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position > size) {
            return -1;
        }
        int read = at(position).read(target);
        reached += Math.max(read, 0);
        position = reached;
        return read;
    }

    private ReadableByteChannel at(long wanted) throws IOException {
        ReadableByteChannel open = channel;
        InputStream stream = in;
        if (open == null || stream == null || wanted < reached) {
            release();
            stream = content.open();
            open = Channels.newChannel(stream);
            in = stream;
            channel = open;
            reached = 0;
        }
        stream.skipNBytes(wanted - reached);
        reached = wanted;
        return open;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative position: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        release();
    }

    private void release() throws IOException {
        if (in != null) {
            in.close();
        }
        in = null;
        channel = null;
    }
}
