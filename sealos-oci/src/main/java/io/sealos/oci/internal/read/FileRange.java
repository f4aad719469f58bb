package io.sealos.oci.internal.read;

import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads a range of a file, such as a member of an uncompressed tar. */
public final class FileRange extends FilterInputStream {
    private long left;

    private FileRange(InputStream in, long size) {
        super(in);
        this.left = size;
    }

    public static InputStream open(Path file, long offset, long size) throws IOException {
        Optional<Path> onDisk = OverlayFileSystem.onDisk(file);
        return new FileRange(onDisk.isPresent() ? at(onDisk.get(), offset) : after(file, offset), size);
    }

    private static InputStream at(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    // The channels of other file systems may have no positions, or hold the whole file in memory.
    private static InputStream after(Path file, long offset) throws IOException {
        return within(Files.newInputStream(file), offset, Long.MAX_VALUE);
    }

    /** Reads a range of a stream, whose bytes before the range are skipped. Closes the stream when it is closed. */
    public static InputStream within(InputStream in, long offset, long size) throws IOException {
        try {
            in.skipNBytes(offset);
            return new FileRange(in, size);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return length == 0 ? 0 : -1;
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
