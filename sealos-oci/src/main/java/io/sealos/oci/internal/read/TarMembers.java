package io.sealos.oci.internal.read;

import io.sealos.internal.files.PlacedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a tar file. They are located in one pass, and read in place. */
final class TarMembers extends StoredFiles {
    private static final int MOST_MEMBERS = 100_000;
    private static final int MOST_LINKS = 10;

    private final Bytes bytes;
    private final Map<String, Range> members = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private TarMembers(String name, Bytes bytes) {
        super(name);
        this.bytes = bytes;
    }

    static TarMembers of(Path file) throws IOException {
        requireFile(file);
        return of(file, (offset, size) -> FileRange.open(file, offset, size));
    }

    /** Opens a tar in parts. */
    static TarMembers of(PartsFile parts) throws IOException {
        parts.requireComplete();
        return of(parts.file(), (offset, size) -> new JoinedInput(parts, offset, size));
    }

    private static TarMembers of(Path file, Bytes bytes) throws IOException {
        TarMembers members = new TarMembers(file.toString(), bytes);
        try (BufferedInputStream stored = Compression.buffered(bytes.open(0, Long.MAX_VALUE))) {
            members.addAll(stored);
            return members;
        } catch (IOException e) {
            throw PlacedException.at(file, " cannot be read as an archive: " + e.getMessage(), e);
        }
    }

    /** The bytes of the tar, of which a range is opened. */
    private interface Bytes {
        InputStream open(long offset, long size) throws IOException;
    }

    private void addAll(BufferedInputStream stored) throws IOException {
        Compression compression = Compression.of(stored);
        if (compression != Compression.NONE) {
            throw new IOException("it is " + compression + "; decompress it first");
        }
        TarEntries entries = new TarEntries(stored);
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            add(entry, entries.position());
        }
        if (members.isEmpty()) {
            throw new IOException("it has no files");
        }
    }

    private void add(TarEntry entry, long position) throws IOException {
        String path = normal(entry.name());
        if (members.size() + links.size() >= MOST_MEMBERS) {
            throw new IOException("it has more than " + MOST_MEMBERS + " members");
        }
        if (entry.isSymbolicLink()) {
            // Old versions of docker save use links to share layers among images.
            links.put(path, normal(path.substring(0, path.lastIndexOf('/') + 1) + entry.linkName()));
        } else if (entry.isLink()) {
            links.put(path, normal(entry.linkName()));
        } else if (entry.isFile() && !entry.isSparse()) {
            members.put(path, new Range(bytes, position, entry.size()));
        }
    }

    /** Returns the normalized path, which is only a key of a map and never a path on disk. */
    private static String normal(String name) {
        Deque<String> path = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                path.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                path.addLast(part);
            }
        }
        return String.join("/", path);
    }

    @Override
    public Optional<Stored> find(String path) {
        String found = path;
        for (int hops = 0; hops < MOST_LINKS && links.containsKey(found); hops++) {
            found = links.getOrDefault(found, "");
        }
        return Optional.ofNullable(members.get(found));
    }

    @Override
    public List<String> below(String directory) {
        return members.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        // Each member is opened and closed separately.
    }

    private record Range(Bytes bytes, long offset, long size) implements Stored {
        @Override
        public InputStream open() throws IOException {
            return bytes.open(offset, size);
        }
    }
}
