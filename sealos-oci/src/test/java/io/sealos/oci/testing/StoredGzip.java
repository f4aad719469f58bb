package io.sealos.oci.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * A gzip stream whose blocks are stored uncompressed, so its bytes do not depend on the compression library of the JDK.
 */
final class StoredGzip extends OutputStream {
    private static final int BLOCK = 65_535;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long written;

    StoredGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        crc.update(content, offset, length);
        written += length;
        int done = 0;
        while (done < length) {
            if (filled == BLOCK) {
                flush(false);
            }
            int part = Math.min(length - done, BLOCK - filled);
            System.arraycopy(content, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    private void flush(boolean last) throws IOException {
        byte[] header = new byte[5];
        little(header).put((byte) (last ? 1 : 0)).putShort((short) filled).putShort((short) ~filled);
        out.write(header);
        out.write(block, 0, filled);
        filled = 0;
    }

    void finish() throws IOException {
        flush(true);
        byte[] trailer = new byte[8];
        little(trailer).putInt((int) crc.getValue()).putInt((int) written);
        out.write(trailer);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }
}
