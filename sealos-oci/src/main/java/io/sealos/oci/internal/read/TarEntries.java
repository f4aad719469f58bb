package io.sealos.oci.internal.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of an untrusted tar like the engines, which are written in Go. The padding of the last entry and
 * the end of the archive may be missing, and global PAX records are ignored. Anything else that is not a header is an
 * error. Memory use is limited.
 *
 * <p>The reader of commons-compress requires the padding, applies global records, throws unchecked exceptions for some
 * bytes, and decodes extended attributes as text.
 */
public final class TarEntries {
    /** The maximum number of bytes in long names and PAX records of one entry. */
    private static final long MAX_HEADER = 1L << 20;
    /** The maximum number of characters in all names, including those of links. */
    private static final long MAX_NAMES = 64L << 20;

    private static final char RECORDS = 'x';
    private static final char LONG_NAME = 'L';
    private static final char LONG_LINK = 'K';
    private static final char SPARSE = 'S';

    private final InputStream plain;
    private final boolean seeks;
    private final Content content = new Content();
    private long position;
    private long left;
    private int padding;
    private long names;

    /**
     * Creates a reader of a buffered stream. The caller closes the stream, and may continue to read after the end of
     * the archive.
     */
    public TarEntries(InputStream plain) {
        this(plain, false);
    }

    private TarEntries(InputStream plain, boolean seeks) {
        this.plain = plain;
        this.seeks = seeks;
    }

    /** Creates a reader of a tar in a file, which skips contents that are not read. */
    public static TarEntries ofFile(InputStream plain) {
        return new TarEntries(plain, true);
    }

    /** Returns the next entry; null at the end. Global PAX records are skipped. */
    public @Nullable TarEntry next() throws IOException {
        TarEntry entry = nextOrGlobal();
        while (entry != null && entry.type() == TarEntry.GLOBAL_RECORDS) {
            entry = nextOrGlobal();
        }
        return entry;
    }

    /** Returns the next entry or global PAX records, which have a name like an entry; null at the end. */
    public @Nullable TarEntry nextOrGlobal() throws IOException {
        skipContent();
        long start = position;
        PaxRecords records = PaxRecords.NONE;
        String longName = "";
        String longLink = "";
        for (TarBlock header = header(); header != null; header = header()) {
            switch ((char) header.type()) {
                case RECORDS -> records = PaxRecords.parse(special(header, start));
                case LONG_NAME -> longName = text(special(header, start));
                case LONG_LINK -> longLink = text(special(header, start));
                case TarEntry.GLOBAL_RECORDS -> {
                    PaxRecords global = PaxRecords.split(special(header, start));
                    return TarEntry.of(header, PaxRecords.NONE, global.text("path", ""), "");
                }
                default -> {
                    TarEntry entry = begin(header, TarEntry.of(header, records, longName, longLink));
                    return records.isSparse() && !isOldSparse(entry) ? sparse(entry, records) : entry;
                }
            }
        }
        return null;
    }

    private TarEntry begin(TarBlock header, TarEntry entry) throws IOException {
        names += entry.name().length() + entry.linkName().length();
        if (names > MAX_NAMES) {
            throw new IOException("the names of its entries have more than " + MAX_NAMES + " characters");
        }
        if (entry.type() == SPARSE) {
            skipMap(header);
        }
        expect(entry.size());
        return entry;
    }

    private static boolean isOldSparse(TarEntry entry) {
        return entry.type() == SPARSE;
    }

    private TarEntry sparse(TarEntry entry, PaxRecords records) throws IOException {
        long size = records.sparseSize(entry.size());
        List<Long> numbers = records.hasMapInContent() ? readMap() : records.sparsePieces();
        return entry.sparse(records.sparseName(entry.name()), SparseMap.of(size, numbers), left);
    }

    /**
     * Reads the map at the beginning of a content: the number of chunks, then their offsets and lengths, one per line.
     */
    private List<Long> readMap() throws IOException {
        List<Long> numbers = new ArrayList<>();
        StringBuilder digits = new StringBuilder();
        long count = 1;
        while (numbers.size() < count) {
            if (numbers.size() * 2L + digits.length() > MAX_HEADER) {
                throw new IOException("the map of a sparse file takes more than " + MAX_HEADER + " bytes");
            }
            for (byte one : mapBlock()) {
                if (one != '\n') {
                    digits.append((char) one);
                } else if (numbers.size() < count) {
                    numbers.add(PaxRecords.decimal(digits.toString()));
                    digits.setLength(0);
                    count = numbers.size() == 1 ? pieces(numbers.get(0)) : count;
                }
            }
        }
        return numbers.subList(1, numbers.size());
    }

    private static long pieces(long number) throws IOException {
        if (number < 0 || number > MAX_HEADER) {
            throw TarBlock.nonsense("a sparse file has " + number + " pieces");
        }
        return 1 + 2 * number;
    }

    private byte[] mapBlock() throws IOException {
        byte[] block = content.readNBytes(TarBlock.SIZE);
        if (block.length < TarBlock.SIZE) {
            throw TarBlock.nonsense("the map of a sparse file is not whole");
        }
        return block;
    }

    private void skipMap(TarBlock header) throws IOException {
        long start = position;
        boolean more = header.continuesMap();
        while (more) {
            byte[] map = required(TarBlock.SIZE, start);
            more = map[504] != 0;
        }
    }

    /** Returns the content of the current entry. */
    public InputStream content() {
        return content;
    }

    /** Returns the offset in the tar of the next byte that is read. */
    public long position() {
        return position;
    }

    /**
     * Returns the next header; null at the end. The end is marked by two empty blocks, by one empty block at the end of
     * the stream, or by the end of the stream.
     */
    private @Nullable TarBlock header() throws IOException {
        TarBlock header = block();
        if (header == null || !header.isZero()) {
            if (header != null) {
                header.check();
            }
            return header;
        }
        TarBlock second = block();
        if (second != null && !second.isZero()) {
            throw TarBlock.nonsense("it is empty, but the archive does not end there");
        }
        return null;
    }

    private @Nullable TarBlock block() throws IOException {
        byte[] bytes = plain.readNBytes(TarBlock.SIZE);
        position += bytes.length;
        if (bytes.length > 0 && bytes.length < TarBlock.SIZE) {
            throw position < TarBlock.SIZE
                    ? new IOException("it is not a tar, because it is shorter than a header")
                    : endsEarly();
        }
        return bytes.length == 0 ? null : new TarBlock(bytes);
    }

    private byte[] special(TarBlock header, long start) throws IOException {
        long size = TarEntry.sizeOf((char) header.type(), header.size());
        byte[] bytes = required(size, start);
        expect(size);
        left = 0;
        skipContent();
        return bytes;
    }

    private byte[] required(long size, long start) throws IOException {
        if (size > MAX_HEADER || position + size - start > MAX_HEADER) {
            throw new IOException("the headers of one entry take more than " + MAX_HEADER + " bytes");
        }
        byte[] bytes = plain.readNBytes((int) size);
        position += bytes.length;
        if (bytes.length < size) {
            throw endsEarly();
        }
        return bytes;
    }

    private static String text(byte[] bytes) {
        return TarBlock.text(bytes, 0, bytes.length);
    }

    private void expect(long size) {
        left = size;
        padding = (int) (-size & (TarBlock.SIZE - 1));
    }

    private void skipContent() throws IOException {
        // Reading the last byte shows whether it exists.
        long passed = seeks && left > 1 ? plain.skip(left - 1) : 0;
        while (passed > 0) {
            left -= passed;
            position += passed;
            passed = plain.skip(left - 1);
        }
        content.transferTo(OutputStream.nullOutputStream());
        position += plain.readNBytes(padding).length;
        padding = 0;
    }

    private static EOFException endsEarly() {
        return new EOFException("it ends in the middle of an entry");
    }

    private final class Content extends InputStream {
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
            int read = plain.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw endsEarly();
            }
            left -= read;
            position += read;
            return read;
        }
    }
}
