package io.sealos.oci.internal.layer;

/**
 * A chunk of a gzip stream, which was compressed for itself.
 *
 * @param content what it unpacks to, as a name that two chunks share only if their bytes are the same
 * @param stored the SHA-256 of the bytes that it is stored as, in hex digits
 * @param size of those bytes
 */
record Chunk(String content, String stored, int size) {
    /** Not even noise becomes so much longer when it is compressed. */
    private static final int MOST = 2 * ChunkBoundaries.MOST;

    /** {@return all of it in one line, for {@link #parse}} */
    @Override
    public String toString() {
        return content + " " + stored + " " + size;
    }

    static Chunk parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("no chunk: " + line);
        }
        int size = Integer.parseInt(words[2]);
        if (size < 0 || size > MOST) {
            throw new IllegalArgumentException("no chunk has " + size + " bytes: " + line);
        }
        return new Chunk(words[0], words[1], size);
    }
}
