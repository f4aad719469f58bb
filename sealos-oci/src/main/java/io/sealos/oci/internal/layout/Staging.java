package io.sealos.oci.internal.layout;

import io.sealos.internal.files.PlacedException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A temporary directory beside the output, in which the output is created. It is deleted when the call ends, and with
 * it the parent directories of the output that were missing, if there is no output in them.
 */
final class Staging implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final MissingDirectories parents;
    private final TemporaryDirectory directory;
    private final Path layout;
    private final Path output;

    private Staging(MissingDirectories parents, TemporaryDirectory directory, Path output) {
        this.output = output;
        this.parents = parents;
        this.directory = directory;
        this.layout = directory.path().resolve("layout");
    }

    /** Creates a staging directory in a directory on the file system of the output. */
    static Staging in(Path parent, String name) throws IOException {
        return in(parent, name, parent);
    }

    /** Creates a staging directory for an output that messages name. */
    static Staging in(Path parent, String name, Path output) throws IOException {
        return named(parent, "." + name + "-", output);
    }

    private static Staging named(Path parent, String prefix, Path output) throws IOException {
        MissingDirectories parents = new MissingDirectories();
        try {
            return in(parents, create(parent, parents, prefix), output);
        } catch (IOException e) {
            parents.deleteEmpty();
            throw e;
        }
    }

    private static Staging in(MissingDirectories parents, TemporaryDirectory directory, Path output)
            throws IOException {
        Staging staging = new Staging(parents, directory, output);
        try {
            Files.createDirectories(staging.blobs());
            return staging;
        } catch (IOException e) {
            staging.close();
            throw e;
        }
    }

    private static TemporaryDirectory create(Path parent, MissingDirectories parents, String prefix)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        try {
            return create(parent, parents, prefix, ATTEMPTS);
        } catch (FileSystemException e) {
            FileSystemException located = RequiredPath.notWritable(parent, reason(e));
            located.initCause(e);
            throw located;
        }
    }

    /** Another call that ends without an output may delete an empty directory just before it is used. */
    private static TemporaryDirectory create(Path parent, MissingDirectories parents, String prefix, int attempts)
            throws IOException {
        parents.create(parent);
        try {
            return TemporaryDirectory.create(parent, prefix);
        } catch (NoSuchFileException e) {
            if (attempts == 1) {
                throw e;
            }
            return create(parent, parents, prefix, attempts - 1);
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
        // The prefix is the same for all outputs, so the next one finds what a killed process left.
        return named(parentOf(output), TemporaryDirectory.STAGING, output);
    }

    /** Throws an exception if no staging directory can be created beside an output. */
    static void checkBeside(Path output) throws IOException {
        RequiredPath.writableDirectory(parentOf(output));
    }

    private static Path parentOf(Path output) throws IOException {
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw PlacedException.at(output, " is the root of a file system; name a file or directory in it");
        }
        return parent;
    }

    /** Returns the file or directory that is created, for messages. */
    Path output() {
        return output;
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
        parents.deleteEmpty();
    }
}
