package io.sealos.oci.internal.tree;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Decompresses the members of a gzip file like the engines. The trailer of a member and the bytes after it are only
 * checked if bytes beyond the member are read, because an archive may be followed by arbitrary bytes.
 */
final class GzipMembers extends InputStream {
    private static final int BUFFER = 1 << 16;
    /** The maximum length of a name or comment that the engines accept. */
    private static final int LONGEST_TEXT = 512;

    private static final int FIXED = 10;
    private static final int FLAGS = 3;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final PushbackInputStream stored;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private Member member;
    private boolean over;

    GzipMembers(InputStream stored) throws IOException {
        this.stored = new PushbackInputStream(stored, BUFFER);
        header();
        this.member = new Member();
    }

    private void header() throws IOException {
        byte[] fixed = required(FIXED);
        if ((fixed[0] & 0xff) != 0x1f || (fixed[1] & 0xff) != 0x8b || fixed[2] != 8) {
            throw new IOException("it has something else where gzip goes on");
        }
        int flags = fixed[FLAGS];
        if ((flags & EXTRA) != 0) {
            required(littleEndian(required(2)));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & CHECKSUM) != 0) {
            checkHeader(fixed);
        }
    }

    /** Verifies the checksum of a header, which the engines compute from its fixed part only. */
    private void checkHeader(byte[] fixed) throws IOException {
        CRC32 header = new CRC32();
        header.update(fixed);
        if (littleEndian(required(2)) != (header.getValue() & 0xffff)) {
            throw new IOException("the checksum of a header of gzip is wrong");
        }
    }

    private void skipText() throws IOException {
        for (int length = 1; required(1)[0] != 0; length++) {
            if (length == LONGEST_TEXT) {
                throw new IOException("a header of gzip has a name of more than " + LONGEST_TEXT + " bytes");
            }
        }
    }

    private byte[] required(int length) throws IOException {
        byte[] bytes = stored.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends in a header of gzip");
        }
        return bytes;
    }

    private static int littleEndian(byte[] bytes) {
        int number = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!over && length > 0) {
            int read = member.read(bytes, offset, length);
            if (read > 0) {
                sum.update(bytes, offset, read);
                return read;
            }
            next();
        }
        return length == 0 ? 0 : -1;
    }

    private void next() throws IOException {
        member.giveBack();
        if (littleEndian(required(4)) != (int) sum.getValue()
                || littleEndian(required(4)) != (int) inflater.getBytesWritten()) {
            throw new IOException("its checksum is wrong");
        }
        int more = stored.read();
        over = more < 0;
        if (!over) {
            stored.unread(more);
            header();
            inflater.reset();
            sum.reset();
            member = new Member();
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        stored.close();
    }

    private final class Member extends InflaterInputStream {
        Member() {
            super(stored, inflater, BUFFER);
        }

        void giveBack() throws IOException {
            stored.unread(buf, len - inflater.getRemaining(), inflater.getRemaining());
        }
    }
}
