package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory beside the output in which it is made, and which is gone when the call ends. */
final class Staging implements AutoCloseable {
    static final String SUFFIX = ".staging";
    static final String LOCK = "in-use";

    private final Path directory;
    private final Path layout;
    private final ProcessLock inUse;

    private Staging(Path directory, ProcessLock inUse) {
        this.directory = directory;
        this.layout = directory.resolve("layout");
        this.inUse = inUse;
    }

    /** In that directory, which has to lie on the file system of the output. */
    static Staging in(Path parent, String name) throws IOException {
        Path directory = make(parent, "." + name + "-");
        try {
            Staging staging = new Staging(directory, lock(directory));
            staging.makeDirectories();
            return staging;
        } catch (IOException e) {
            FileTree.delete(directory);
            throw e;
        }
    }

    private static ProcessLock lock(Path directory) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new FileLockInterruptionException();
        }
        return ProcessLock.tryMake(directory.resolve(LOCK)).orElseThrow();
    }

    private void makeDirectories() throws IOException {
        try {
            Files.createDirectories(blobs());
        } catch (IOException e) {
            inUse.close();
            throw e;
        }
    }

    private static Path make(Path parent, String prefix) throws IOException {
        try {
            Files.createDirectories(parent);
            StaleStaging.delete(parent, prefix, StaleStaging.KILLED);
            return Files.createTempDirectory(parent, prefix).toAbsolutePath();
        } catch (FileSystemException e) {
            FileSystemException located = new FileSystemException(
                    parent.toString(),
                    null,
                    "nothing can be written there: " + reason(e) + "; name a directory that you may write to");
            located.initCause(e);
            throw located;
        }
    }

    private static String reason(FileSystemException e) {
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " is no directory";
        }
        String why = e instanceof AccessDeniedException ? "access is denied" : e.getReason();
        return why == null ? "the file system refuses it" : why;
    }

    static Staging beside(Path output) throws IOException {
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new IOException(output + " is the root of a file system; name a file or directory in it");
        }
        return in(parent, name + SUFFIX);
    }

    /** The layout that is being made. */
    Path layout() {
        return layout;
    }

    Path blobs() {
        return layout.resolve("blobs").resolve("sha256");
    }

    /** A directory for what is not part of the layout. */
    Path scratch() throws IOException {
        return Files.createDirectories(directory.resolve("scratch"));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Whoever finds it without a lock takes it for left behind, so that the lock is given up when the rest is gone. */
    @Override
    public void close() throws IOException {
        try (inUse) {
            FileTree.deleteAllBut(directory.resolve(LOCK), directory);
        }
        FileTree.delete(directory);
    }
}
