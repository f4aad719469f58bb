package io.sealos.images.internal.helm;

import io.sealos.internal.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of the user's own in which the engine's files lie, as one scan uses it. */
final class EngineCache {
    private final Path directory;
    private final Path work;

    /**
     * A directory that need not be there yet.
     *
     * @param work the scan's own temporary directory
     */
    EngineCache(Path directory, Path work) {
        this.directory = directory;
        this.work = work;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** What is written first, under a name that is this scan's own. */
    Path part() {
        return directory.resolve(work.getFileName() + ".part");
    }

    /** Makes the directory, or checks that nobody else can write to it. */
    void open() throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory);
            if (posix) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (posix) {
            checkOwn();
        }
    }

    /** The work directory is this process's own, so that its owner is this user. */
    private void checkOwn() throws IOException {
        boolean mine = Files.getOwner(work).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS));
        String mode =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
        if (!mine || !mode.equals("rwx------")) {
            throw new IOException("the directory " + directory + " must be yours alone (mode 0700); remove it");
        }
    }

    /** Writes a file that appears whole. */
    void write(InputStream in, Path file) throws IOException {
        Path part = part();
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                // Once for each version: a failure of power must not leave it damaged.
                written.force(true);
            }
            AtomicFile.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The files are read again at the next start: what does not work may be damaged. */
    void distrust() {
        CheckedFile.forgetAll(directory);
    }
}
