package io.sealos.oci.internal.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The positions of the chunks of a sparse file. A tar stores the chunks one after the other, and omits the holes
 * between them.
 *
 * @param size the size of the file with its holes, in bytes
 * @param pieces the chunks in their order, without overlaps
 */
public record SparseMap(long size, List<Piece> pieces) {
    /** A chunk of stored bytes. */
    public record Piece(long offset, long length) {
        long end() {
            return offset + length;
        }
    }

    /** Creates a map from alternating offsets and lengths. */
    static SparseMap of(long size, List<Long> numbers) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        long end = 0;
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            Piece piece = new Piece(numbers.get(i), numbers.get(i + 1));
            if (piece.offset() < end || piece.length() < 0 || piece.end() < 0 || piece.end() > size) {
                throw TarBlock.nonsense("the pieces of a sparse file lie over each other or behind its end");
            }
            end = piece.end();
            pieces.add(piece);
        }
        return new SparseMap(size, List.copyOf(pieces));
    }

    /** Returns the number of bytes that the tar stores. */
    public long stored() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** Returns the content of the file with its holes. The stored bytes are read as needed. */
    public InputStream expand(InputStream stored) {
        List<InputStream> parts = new ArrayList<>();
        long end = 0;
        for (Piece piece : pieces) {
            parts.add(new Part(new Zeros(), piece.offset() - end));
            parts.add(new Part(stored, piece.length()));
            end = piece.end();
        }
        parts.add(new Part(new Zeros(), size - end));
        parts.add(stored);
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** A part of a stream, which stays open after it. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 0);
            return length;
        }
    }
}
