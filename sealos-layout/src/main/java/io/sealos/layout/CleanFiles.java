package io.sealos.layout;

import io.sealos.images.FileState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files in which the rules about contents ({@link LayoutRule#ofContents}) found nothing. A check that is given them
 * reads only the files that have changed since, or that are new.
 *
 * <pre>{@code
 * CleanFiles known = CleanFiles.read(record);
 * LayoutReport report = LayoutValidator.builder().known(known).build().validate(directory);
 * report.cleanFiles().writeTo(record);
 * }</pre>
 *
 * <p>A file counts as unchanged by its {@link FileState}; where a file system has none, every file is read. What other
 * rules or another version of this library found says nothing. Immutable and thread-safe.
 */
public final class CleanFiles {
    /** No file is known. */
    public static final CleanFiles NONE = new CleanFiles("", Set.of());

    /** More are not kept; they are read each time. */
    private static final int MOST = 1_000_000;

    private final String rules;
    private final Set<FileState> states;

    private CleanFiles(String rules, Set<FileState> states) {
        this.rules = rules;
        this.states = states;
    }

    /** What these rules find clean; the set is the caller's to fill. */
    static CleanFiles of(String rules, Set<FileState> states) {
        return new CleanFiles(rules, Collections.unmodifiableSet(states));
    }

    /**
     * {@return what {@link #writeTo} has written} What is no such file, or is not there, has nothing.
     *
     * @param file a file that only this user can write to
     */
    public static CleanFiles read(Path file) {
        try {
            return Files.isRegularFile(file) ? parse(Files.readAllBytes(file)) : NONE;
        } catch (IOException e) {
            return NONE; // All that it costs is time.
        }
    }

    private static CleanFiles parse(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String rules = in.readUTF();
        int count = in.readInt();
        if (in.available() != (long) count * 4 * Long.BYTES) {
            return NONE;
        }
        Set<FileState> states = new LinkedHashSet<>(count * 2);
        for (int i = 0; i < count; i++) {
            states.add(new FileState(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return of(rules, states);
    }

    /**
     * Writes all of it; the file appears when it is whole.
     *
     * @param file where to, in a folder that is there
     * @throws IOException if it cannot be written
     */
    public void writeTo(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "clean-", ".part");
        try {
            Files.write(part, bytes());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int count = Math.min(MOST, states.size());
        out.writeUTF(rules);
        out.writeInt(count);
        for (FileState state : (Iterable<FileState>) states.stream().limit(count)::iterator) {
            out.writeLong(state.device());
            out.writeLong(state.inode());
            out.writeLong(state.size());
            out.writeLong(state.changed());
        }
        return bytes.toByteArray();
    }

    /** Whether these rules found nothing in a file of that state. */
    boolean has(String askedRules, FileState state) {
        return rules.equals(askedRules) && states.contains(state);
    }

    /** {@return how many files are known} */
    public int size() {
        return states.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CleanFiles that && rules.equals(that.rules) && states.equals(that.states);
    }

    @Override
    public int hashCode() {
        return states.hashCode();
    }

    /** {@return how many there are} */
    @Override
    public String toString() {
        return states.size() + " clean files";
    }
}
