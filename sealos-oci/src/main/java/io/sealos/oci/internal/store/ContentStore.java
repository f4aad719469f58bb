package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.FileTree;
import io.sealos.oci.internal.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
 * A directory of blobs, each under its digest: {@code blobs/sha256/HEX}. Blobs are complete or absent. They are written
 * to {@code incoming/}, verified and then renamed, so several threads, builds and processes can share one store. A blob
 * that was damaged by the disk or a power failure is detected when it is read, and removed.
 */
public final class ContentStore {
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final int DOCUMENT_LIMIT = 8 << 20;

    private final Path directory;
    /** The blobs that this instance has verified while it wrote them. */
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

    /** Returns the directory for the records of layers. */
    public Path layerRecords() throws IOException {
        return Files.createDirectories(records(directory));
    }

    /** Returns the directory for the records of layers in a store that may not exist. */
    public static Path records(Path store) {
        return store.resolve("layers");
    }

    /** Returns the directory for images that are about to be sent. */
    public Path outgoing() throws IOException {
        return Files.createDirectories(directory.resolve("outgoing"));
    }

    /** Returns whether the store has a blob of this size, and marks it as used. */
    public boolean has(Digest digest, long size) throws IOException {
        Path path = path(digest);
        boolean there = Files.isRegularFile(path) && Files.size(path) == size;
        if (there) {
            use(path);
        }
        return there;
    }

    /** Opens a blob. It is verified while it is read, unless this instance has written and verified it. */
    public InputStream open(Digest digest) throws IOException {
        return compared.contains(digest)
                ? Files.newInputStream(path(digest))
                : new VerifyingInputStream(path(digest), digest);
    }

    /** Renames a complete file of {@code incoming/} to the digest of a blob. */
    Blob publish(Path part, Digest digest, long size) throws IOException {
        Path target = path(digest);
        Files.createDirectories(target.resolveSibling("."));
        if (compared.contains(digest) && Files.exists(target)) {
            use(target);
        } else {
            // A blob of an earlier call may be damaged although it has the same size.
            AtomicFile.move(part, target);
            compared.add(digest);
        }
        return new Blob(digest, size);
    }

    /** Takes a lease. Blobs that are used while it is held are not removed. */
    public StoreLease lease() throws IOException {
        return StoreLease.take(directory);
    }

    /** Records the use of a blob as its time of modification, the only time that every file system keeps. */
    static void use(Path blob) throws IOException {
        Files.setLastModifiedTime(blob, FileTime.from(Instant.now()));
    }

    /** Starts writing a blob whose digest is not known. */
    private BlobWriter ingest(String algorithm) throws IOException {
        return new BlobWriter(this, Files.createTempFile(incoming(), "blob-", ".part"), algorithm);
    }

    /** Starts writing a blob. */
    public BlobWriter ingest(Digest digest) throws IOException {
        Path part = Files.createTempFile(incoming(), partPrefix(digest), ".part");
        return new BlobWriter(this, part, digest.algorithm());
    }

    /** Returns the beginning of the names of files into which a blob is written. */
    static String partPrefix(Digest digest) {
        return "blob-" + digest.hex() + "-";
    }

    /** Stores the content of a stream under its digest. */
    public Blob put(InputStream content, String algorithm) throws IOException {
        try (BlobWriter ingest = ingest(algorithm)) {
            ingest.write(content);
            return ingest.commit();
        }
    }

    public Blob put(byte[] content, String algorithm) throws IOException {
        return put(new ByteArrayInputStream(content), algorithm);
    }

    /**
     * Returns a small document, such as a manifest; empty if the store does not have it. A damaged document is removed,
     * so it is fetched again.
     */
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
                    directory.toString(), null, "is not a directory; choose another one for the content store");
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

    /**
     * Checks the owner and mode of the directory. Other users who could write to it could store other content under a
     * digest.
     */
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
            throw new ImageProblemException(
                    "the content store " + directory + " belongs to someone else or can be written by everyone",
                    "choose a directory of your own");
        }
    }

    /** Removes files that processes left when they ended while writing, if they are at least a day old. */
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

    /** A blob of the store. */
    public record Blob(Digest digest, long size) {}
}
