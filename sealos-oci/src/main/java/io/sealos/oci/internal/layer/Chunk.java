package io.sealos.oci.internal.layer;

/**
 * A chunk of a gzip stream, which was compressed separately.
 *
 * @param content the identity of its uncompressed bytes
 * @param stored the SHA-256 of its compressed bytes, in hex digits
 * @param size the number of its compressed bytes
 */
record Chunk(String content, String stored, int size) {
    /** The maximum size. Even random bytes do not grow that much. */
    private static final int MOST = 2 * ChunkBoundaries.MOST;

    /** {@return the chunk in the form that {@link #parse} reads} */
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
