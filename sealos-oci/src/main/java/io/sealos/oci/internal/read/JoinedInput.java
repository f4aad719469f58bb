package io.sealos.oci.internal.read;

import io.sealos.internal.files.PlacedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads a range of the file that the parts of an archive make when they are joined. */
final class JoinedInput extends InputStream {
    private final PartsFile parts;
    private final long end;
    private long position;
    private InputStream current = InputStream.nullInputStream();

    JoinedInput(PartsFile parts, long offset, long size) {
        this.parts = parts;
        this.position = offset;
        this.end = Math.min(Math.addExact(offset, size), parts.size());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        boolean opened = false;
        while (position < end) {
            int read = current.read(bytes, offset, (int) Math.min(length, end - position));
            if (read > 0) {
                position += read;
                return read;
            }
            if (opened) {
                throw new EOFException("a part of " + parts.file() + " became shorter while it was read");
            }
            current.close();
            current = open();
            opened = true;
        }
        return -1;
    }

    /** Opens the part at the position, from there on. */
    private InputStream open() throws IOException {
        long start = 0;
        for (PartsFile.Part part : parts.parts()) {
            if (position < start + part.size()) {
                Path path = parts.path(part);
                return FileRange.open(path, position - start, start + part.size() - position);
            }
            start += part.size();
        }
        throw PlacedException.at(parts.file(), " ends before " + position);
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, end - position));
        if (skipped > 0) {
            current.close();
            current = InputStream.nullInputStream();
            position += skipped;
        }
        return skipped;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
