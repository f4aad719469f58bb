package io.sealos.oci.internal.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tar.
 *
 * @param type the type flag, which is {@code 5} for a directory even if an old header has another one
 * @param name the name as it is written, which may end with a slash for a directory
 * @param linkName the target of a link; empty for other entries
 * @param mode the permission bits with setuid, setgid and sticky
 * @param uid the user
 * @param gid the group
 * @param size the size of its content in the tar
 * @param declaredSize the size in the header, even if the type has no content
 * @param realSize the size of the file including its holes
 * @param major the major device number
 * @param minor the minor device number
 * @param map the positions of the chunks of a sparse file if PAX records contain them; otherwise null
 * @param attributes the extended attributes
 */
public record TarEntry(
        char type,
        String name,
        String linkName,
        int mode,
        long uid,
        long gid,
        long size,
        long declaredSize,
        long realSize,
        int major,
        int minor,
        @Nullable SparseMap map,
        ExtendedAttributes attributes) {
    /** The type of global PAX records, which no engine reads. */
    public static final char GLOBAL_RECORDS = 'g';

    private static final char OLD_FILE = '\0';
    private static final char FILE = '0';
    private static final char LINK = '1';
    private static final char SYMBOLIC_LINK = '2';
    private static final char CHARACTER_DEVICE = '3';
    private static final char BLOCK_DEVICE = '4';
    private static final char DIRECTORY = '5';
    private static final char FIFO = '6';
    private static final char SPARSE = 'S';
    private static final int MODE_BITS = 07777;

    static TarEntry of(TarBlock header, PaxRecords records, String longName, String longLink) throws IOException {
        String name = records.text("path", header.name());
        String link = records.text("linkpath", header.link());
        long declared = records.number("size", header.size());
        char type = type((char) (header.type() & 0xff), longName.isEmpty() ? name : longName);
        long size = sizeOf(type, declared);
        long real = type == SPARSE ? header.realSize() : size;
        return new TarEntry(
                type,
                longName.isEmpty() ? name : longName,
                longLink.isEmpty() ? link : longLink,
                (int) (header.mode() & MODE_BITS),
                records.number("uid", header.uid()),
                records.number("gid", header.gid()),
                size,
                declared,
                real,
                (int) header.major(),
                (int) header.minor(),
                null,
                records.attributes());
    }

    /**
     * Returns this entry as a sparse file.
     *
     * @param newName its name
     * @param pieces the places of its chunks
     * @param stored the number of its bytes that follow in the tar
     */
    TarEntry sparse(String newName, SparseMap pieces, long stored) throws IOException {
        if (!isFile()) {
            throw TarBlock.nonsense("only a file can be sparse");
        }
        return new TarEntry(
                type,
                newName,
                linkName,
                mode,
                uid,
                gid,
                stored,
                stored,
                pieces.size(),
                major,
                minor,
                pieces,
                attributes);
    }

    /** {@return whether the tar omits holes of the file} */
    public boolean isSparse() {
        return type == SPARSE || map != null;
    }

    /** Returns the type of an entry. In old archives, directories are files whose names end with a slash. */
    private static char type(char type, String name) {
        return type != OLD_FILE ? type : name.endsWith("/") ? DIRECTORY : FILE;
    }

    static long sizeOf(char type, long declared) throws IOException {
        long size = type >= LINK && type <= FIFO ? 0 : declared;
        if (size < 0) {
            throw TarBlock.nonsense("the size is " + size);
        }
        return size;
    }

    /** {@return whether this is a file with content, which includes entries of unknown types} */
    public boolean isFile() {
        return type < LINK || type > FIFO;
    }

    /** {@return whether this is a regular file} */
    public boolean isPlainFile() {
        return type == FILE;
    }

    public boolean isDirectory() {
        return type == DIRECTORY;
    }

    public boolean isSymbolicLink() {
        return type == SYMBOLIC_LINK;
    }

    /** {@return whether this is a hard link} */
    public boolean isLink() {
        return type == LINK;
    }

    public boolean isFifo() {
        return type == FIFO;
    }

    public boolean isCharacterDevice() {
        return type == CHARACTER_DEVICE;
    }

    public boolean isBlockDevice() {
        return type == BLOCK_DEVICE;
    }
}
