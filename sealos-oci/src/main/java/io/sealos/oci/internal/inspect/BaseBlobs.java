package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.FileRange;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The blobs in the registry directories of base images. Those in layers without compression are read in place, and the
 * others are put into a directory. Not thread-safe.
 */
public final class BaseBlobs {
    private static final String BLOBS = "registry/docker/registry/v2/blobs/";

    private final Set<Digest> missing;
    private final Path scratch;
    private final Map<Digest, StoredFiles.Stored> found = new TreeMap<>();

    /**
     * Creates an instance.
     *
     * @param wanted the blobs to find
     * @param scratch the directory for compressed blobs
     */
    public BaseBlobs(Set<Digest> wanted, Path scratch) {
        this.missing = new TreeSet<>(wanted);
        this.scratch = scratch;
    }

    /** Adds blobs to find. */
    void want(Set<Digest> more) {
        missing.addAll(more);
        missing.removeAll(found.keySet());
    }

    /** {@return a blob that was found} */
    Optional<StoredFiles.Stored> find(Digest digest) {
        return Optional.ofNullable(found.get(digest));
    }

    /** Adds the blobs of a registry directory or a layout. */
    void addFiles(StoredFiles files) throws IOException {
        for (Digest digest : Set.copyOf(missing)) {
            files.find("blobs/" + digest.algorithm() + "/" + digest.hex()).ifPresent(file -> add(digest, file));
        }
    }

    private void add(Digest digest, StoredFiles.Stored file) {
        found.put(digest, file);
        missing.remove(digest);
    }

    /** Adds the blobs of a layer. */
    void addLayer(StoredFiles.Stored layer) throws IOException {
        if (missing.isEmpty()) {
            return;
        }
        try (InputStream file = new InterruptibleInput(layer.open());
                BufferedInputStream stored = Compression.buffered(file)) {
            Compression compression = Compression.of(stored);
            if (compression == Compression.NONE) {
                addEntries(TarEntries.ofFile(stored), layer);
            } else {
                try (InputStream tar = compression.decompress(stored)) {
                    addEntries(new TarEntries(tar), null);
                }
            }
        }
    }

    private void addEntries(TarEntries entries, StoredFiles.@Nullable Stored layer) throws IOException {
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            Digest digest = entry.isFile() && !entry.isSparse() ? digest(entry.name()) : null;
            if (digest != null && missing.contains(digest)) {
                add(digest, layer == null ? copy(digest, entries) : part(layer, entries.position(), entry.size()));
            }
        }
    }

    private StoredFiles.Stored copy(Digest digest, TarEntries entries) throws IOException {
        Path file = scratch.resolve(digest.hex());
        Files.copy(entries.content(), file);
        long size = Files.size(file);
        return stored(size, () -> Files.newInputStream(file));
    }

    private static StoredFiles.Stored part(StoredFiles.Stored layer, long offset, long size) {
        return stored(size, () -> FileRange.within(layer.open(), offset, size));
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static StoredFiles.Stored stored(long size, Opening opening) {
        return new StoredFiles.Stored() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return opening.open();
            }
        };
    }

    private static @Nullable Digest digest(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        String[] names = path.startsWith(BLOBS) ? path.substring(BLOBS.length()).split("/", -1) : new String[0];
        if (names.length != 4 || !names[3].equals("data")) {
            return null;
        }
        return DeltaAnalysis.digest(names[0] + ":" + names[2]).stream()
                .findFirst()
                .orElse(null);
    }

    /** {@return the blobs that no base has} */
    public Set<Digest> missing() {
        return missing;
    }

    /** Opens a blob that was found. */
    public InputStream open(Digest digest) throws IOException {
        StoredFiles.Stored file = found.get(digest);
        if (file == null) {
            throw new IOException("no base has the blob " + digest);
        }
        return new InterruptibleInput(file.open());
    }
}
