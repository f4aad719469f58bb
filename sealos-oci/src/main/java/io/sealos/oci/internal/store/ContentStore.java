package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory of blobs, each under its digest: {@code blobs/sha256/HEX}. A blob is there whole or not at all, because
 * it is verified in {@code incoming/} and then renamed; so several threads, builds and processes can share one store.
 * What a failure of power or of the disk has damaged is noticed when it is read, and removed.
 */
public final class ContentStore {
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final int DOCUMENT_LIMIT = 8 << 20;

    private final Path directory;
    /** What this call has compared with its digest as it came in. */
    private final Set<Digest> compared = ConcurrentHashMap.newKeySet();

    public ContentStore(Path directory) throws IOException {
        this.directory = directory;
        createOwn(directory);
        Files.createDirectories(incoming());
        checkOwn();
        removeAbandoned();
    }

    public Path directory() {
        return directory;
    }

    public Path path(Digest digest) {
        return directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** The directory in which layouts' layers are recorded. */
    public Path layerRecords() throws IOException {
        return Files.createDirectories(records(directory));
    }

    /** The same of a store that may not be there. */
    public static Path records(Path store) {
        return store.resolve("layers");
    }

    /** The directory in which images are made that are sent somewhere. */
    public Path outgoing() throws IOException {
        return Files.createDirectories(directory.resolve("outgoing"));
    }

    /** Whether the blob is there with this size; a file of another size is not taken for it. */
    public boolean has(Digest digest, long size) throws IOException {
        Path path = path(digest);
        boolean there = Files.isRegularFile(path) && Files.size(path) == size;
        if (there) {
            use(path);
        }
        return there;
    }

    /**
     * The bytes of a blob; whoever reads them to their end has read what the digest says. What has lain here since an
     * earlier call is compared with its digest anew.
     */
    public InputStream open(Digest digest) throws IOException {
        return compared.contains(digest)
                ? Files.newInputStream(path(digest))
                : new VerifyingInputStream(path(digest), digest);
    }

    /** Gives a blob that is whole in {@code incoming/} its name. */
    Blob publish(Path part, Digest digest, long size) throws IOException {
        Path target = path(digest);
        Files.createDirectories(target.resolveSibling("."));
        if (compared.contains(digest) && Files.exists(target)) {
            use(target);
        } else {
            // What an earlier call left there may be damaged, of the same size.
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            compared.add(digest);
        }
        return new Blob(digest, size);
    }

    /** Says that a build is at work, whose blobs nobody may remove until it is closed. */
    public StoreLease lease() throws IOException {
        return StoreLease.take(directory);
    }

    /** The time of the last use is that of modification, for that is the only one that every file system keeps. */
    static void use(Path blob) throws IOException {
        Files.setLastModifiedTime(blob, FileTime.from(Instant.now()));
    }

    /** A blob on its way in, to be written, committed and closed. */
    public BlobWriter ingest(String algorithm) throws IOException {
        return new BlobWriter(this, Files.createTempFile(incoming(), "blob-", ".part"), algorithm);
    }

    /** Stores what the stream has, under the digest that it turns out to have. */
    public Blob put(InputStream content, String algorithm) throws IOException {
        try (BlobWriter ingest = ingest(algorithm)) {
            ingest.write(content);
            return ingest.commit();
        }
    }

    public Blob put(byte[] content, String algorithm) throws IOException {
        return put(new ByteArrayInputStream(content), algorithm);
    }

    /** A small document of the store, if it is there whole; a damaged one is removed, so that it is fetched anew. */
    public Optional<byte[]> document(Digest digest) throws IOException {
        Path path = path(digest);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        if (Files.size(path) > DOCUMENT_LIMIT) {
            throw new IOException(digest + " is larger than a document may be, " + DOCUMENT_LIMIT + " bytes");
        }
        use(path);
        byte[] content = Files.readAllBytes(path);
        if (Digests.as(digest.algorithm(), content).equals(digest)) {
            return Optional.of(content);
        }
        Files.deleteIfExists(path);
        return Optional.empty();
    }

    public Path incoming() {
        return directory.resolve("incoming");
    }

    private static void createOwn(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.exists(directory)) {
            throw new FileSystemException(
                    directory.toString(), null, "is no directory; choose another one for the content store");
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Who could write here could put other content under a digest. */
    private void checkOwn() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Path own = Files.createTempFile(incoming(), "owner-", ".part");
        boolean mine = Files.getOwner(own).equals(view.readAttributes().owner());
        Files.delete(own);
        Set<PosixFilePermission> modes = view.readAttributes().permissions();
        if (!mine || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("the content store " + directory + " belongs to someone else or can be written by"
                    + " everyone; choose a directory of your own");
        }
    }

    /** What a killed process left, long enough ago that it is not at work any more. */
    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming())) {
            for (Path part : parts) {
                if (isOlder(part, limit)) {
                    FileTree.delete(part);
                }
            }
        }
    }

    private static boolean isOlder(Path part, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A blob in the store. */
    public record Blob(Digest digest, long size) {}
}
