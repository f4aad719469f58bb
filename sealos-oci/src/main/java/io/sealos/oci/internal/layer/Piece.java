package io.sealos.oci.internal.layer;

/**
 * A piece of a gzip stream, which was compressed for itself.
 *
 * @param content what it unpacks to, as a name that two pieces share only if their bytes are the same
 * @param stored the SHA-256 of the bytes that it is stored as, in hex digits
 * @param size of those bytes
 */
record Piece(String content, String stored, int size) {
    /** {@return all of it in one line, for {@link #parse}} */
    @Override
    public String toString() {
        return content + " " + stored + " " + size;
    }

    static Piece parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("no piece: " + line);
        }
        return new Piece(words[0], words[1], Integer.parseInt(words[2]));
    }
}
