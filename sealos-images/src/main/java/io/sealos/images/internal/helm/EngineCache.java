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

/** The directory of the engine files, which belongs to the user, as used by one scan. */
final class EngineCache {
    private final Path directory;
    private final Path work;

    /**
     * Creates an object for a directory, which may not exist yet.
     *
     * @param work the temporary directory of the scan
     */
    EngineCache(Path directory, Path work) {
        this.directory = directory;
        this.work = work;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** {@return the file that is written first, under a name that is unique to this scan} */
    Path part() {
        return directory.resolve(work.getFileName() + ".part");
    }

    /** Creates the directory, or checks that no other user can write to it. */
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

    /** Checks that the owner of the directory is this user, who owns the work directory of this process. */
    private void checkOwn() throws IOException {
        boolean mine = Files.getOwner(work).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS));
        String mode =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
        if (!mine || !mode.equals("rwx------")) {
            throw new IOException("the directory " + directory + " must be yours alone (mode 0700); remove it");
        }
    }

    /** Writes a file, which appears under its name when it is complete. */
    void write(InputStream in, Path file) throws IOException {
        Path part = part();
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                // This happens once for each version. A power failure must not leave a damaged file.
                written.force(true);
            }
            AtomicFile.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Makes the files be read again at the next start, because they may be damaged. */
    void distrust() {
        CheckedFile.forgetAll(directory);
    }
}
