package io.sealos.oci.internal.layout;

import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary directory beside the output, in which the output is created. It is deleted when the call ends. */
final class Staging implements AutoCloseable {
    static final String SUFFIX = ".staging";

    private final TemporaryDirectory directory;
    private final Path layout;

    private Staging(TemporaryDirectory directory) {
        this.directory = directory;
        this.layout = directory.path().resolve("layout");
    }

    /** Creates a staging directory in a directory on the file system of the output. */
    static Staging in(Path parent, String name) throws IOException {
        Staging staging = new Staging(create(parent, "." + name + "-"));
        try {
            Files.createDirectories(staging.blobs());
            return staging;
        } catch (IOException e) {
            staging.close();
            throw e;
        }
    }

    private static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        try {
            return TemporaryDirectory.create(Files.createDirectories(parent), prefix);
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
            return e.getFile() + " is not a directory";
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

    /** Returns the directory of the layout. */
    Path layout() {
        return layout;
    }

    Path blobs() {
        return layout.resolve("blobs").resolve("sha256");
    }

    /** Returns a directory for files that are not part of the layout. */
    Path scratch() throws IOException {
        return directory.directory("scratch");
    }

    Path file(String name) {
        return directory.path().resolve(name);
    }

    @Override
    public void close() {
        directory.close();
    }
}
