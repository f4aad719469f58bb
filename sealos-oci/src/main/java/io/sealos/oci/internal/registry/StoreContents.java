package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.internal.files.DirectoryLock;
import io.sealos.oci.StoredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The blobs of a store, seen and removed from outside of builds. */
public final class StoreContents {
    /** File systems may keep times in whole seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Path directory;

    public StoreContents(Path directory) {
        this.directory = directory;
    }

    /** Every blob, the one that was used longest ago first. */
    public List<StoredBlob> blobs() throws IOException {
        Path blobs = directory.resolve("blobs");
        if (!Files.isDirectory(blobs)) {
            return List.of();
        }
        List<StoredBlob> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(blobs, 2)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                entry(file).ifPresent(entries::add);
            }
        }
        entries.sort(Comparator.comparing(StoredBlob::lastUsed)
                .thenComparing(entry -> entry.digest().toString()));
        return entries;
    }

    private static Optional<StoredBlob> entry(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new StoredBlob(
                            Digest.parse(file.resolveSibling(".").normalize().getFileName() + ":" + file.getFileName()),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // Another one has removed it, or it is none of ours.
            return Optional.empty();
        }
    }

    /** Removes what the choice says, but nothing that a build has used which is still at work. */
    public List<StoredBlob> remove(Choice choice) throws IOException {
        try (DirectoryLock alone = DirectoryLock.acquire(directory)) {
            Instant limit = StoreLease.oldest(directory).minus(MARGIN);
            List<StoredBlob> removed = new ArrayList<>();
            for (StoredBlob entry : choice.of(blobs())) {
                if (entry.lastUsed().isBefore(limit)) {
                    alone.check();
                    Files.deleteIfExists(directory
                            .resolve("blobs")
                            .resolve(entry.digest().algorithm())
                            .resolve(entry.digest().hex()));
                    removed.add(entry);
                }
            }
            return removed;
        }
    }

    /** Which blobs to remove. */
    public interface Choice {
        List<StoredBlob> of(List<StoredBlob> oldestFirst);
    }
}
