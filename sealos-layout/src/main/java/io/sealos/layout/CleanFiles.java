package io.sealos.layout;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.FileState;
import io.sealos.internal.text.Count;
import java.io.IOException;
import java.io.Serializable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The files in which the rules about contents ({@link LayoutRule#ofContents}) found nothing. A validation that knows
 * them reads only other files, and those that have changed.
 *
 * <p>A file is unchanged if its {@link FileState} is; on a file system without states every file is read. A record of
 * other rules or of another version of this library is ignored. Immutable and thread-safe.
 */
final class CleanFiles implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The record of no file. */
    static final CleanFiles NONE = new CleanFiles("", new long[0]);

    /** The size in bytes of a record of eight million files; larger ones are ignored. */
    private static final long LARGEST = 64L << 20;

    private final String rules;
    private final long[] states;

    private CleanFiles(String rules, long[] states) {
        this.rules = rules;
        this.states = states;
    }

    /** {@return the record of files that these rules found clean} */
    static CleanFiles of(String rules, LongStream states) {
        return new CleanFiles(rules, states.sorted().toArray());
    }

    /**
     * {@return a hash of a state in 64 bits, which takes little memory for many files} The steps are those of <a
     * href="https://prng.di.unimi.it/splitmix64.c">SplitMix64</a>.
     */
    static long number(FileState state) {
        long times = mixed(mixed(state.changed()) + state.modified());
        return mixed(mixed(mixed(times + state.inode()) + state.size()) + state.device());
    }

    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** {@return the record in a file; {@link #NONE} if the file is missing or is not a whole record} */
    static CleanFiles read(Path file) {
        try {
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= LARGEST;
            return readable ? parse(ByteBuffer.wrap(Files.readAllBytes(file))) : NONE;
        } catch (IOException | BufferUnderflowException e) {
            return NONE; // The files are read again.
        }
    }

    private static CleanFiles parse(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            return NONE;
        }
        byte[] rules = new byte[length];
        int count = bytes.get(rules).getInt();
        if (bytes.remaining() != (long) count * Long.BYTES) {
            return NONE;
        }
        long[] states = new long[count];
        bytes.asLongBuffer().get(states);
        return new CleanFiles(new String(rules, StandardCharsets.UTF_8), states);
    }

    /**
     * Writes the record. The file appears under its name when it is whole.
     *
     * @param file the file, in a directory that exists
     * @throws IOException if it cannot be written
     */
    void writeTo(Path file) throws IOException {
        AtomicFile.write(file, bytes());
    }

    private byte[] bytes() {
        byte[] names = rules.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES + names.length + states.length * Long.BYTES);
        bytes.putInt(names.length)
                .put(names)
                .putInt(states.length)
                .asLongBuffer()
                .put(states);
        return bytes.array();
    }

    /** {@return whether these rules have found nothing in a file of this state} */
    boolean has(String askedRules, FileState state) {
        return rules.equals(askedRules) && Arrays.binarySearch(states, number(state)) >= 0;
    }

    /** {@return the number of files} */
    int size() {
        return states.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CleanFiles that && rules.equals(that.rules) && Arrays.equals(states, that.states);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(states);
    }

    /** {@return the number of files, such as {@code 12 clean files}} */
    @Override
    public String toString() {
        return Count.of(states.length, "clean file");
    }
}
