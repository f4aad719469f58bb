package io.sealos.oci.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a blob, which are kept in memory, or generated for each response. */
interface BlobBytes {
    long size();

    /** Writes the bytes from one position to another, which is not included. */
    void write(long from, long end, OutputStream out) throws IOException;

    /** Returns these bytes, for responses that a fault changes. */
    default byte[] read(long from, long end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(from, end, bytes);
        return bytes.toByteArray();
    }

    static BlobBytes of(byte[] content) {
        return new BlobBytes() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public void write(long from, long end, OutputStream out) throws IOException {
                out.write(content, (int) from, (int) (end - from));
            }
        };
    }
}
