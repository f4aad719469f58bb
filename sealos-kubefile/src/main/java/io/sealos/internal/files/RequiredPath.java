package io.sealos.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks that a path which a caller has named is of the wanted kind. If not, the message says which call takes it. */
public final class RequiredPath {
    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
    /** The names of build files, in the order in which sealos joins them. */
    public static final List<String> BUILD_FILES = List.of("Sealfile", "Kubefile", "Dockerfile", "Containerfile");

    private RequiredPath() {}

    /**
     * Checks that a path is a directory.
     *
     * @param fix the fix for another path
     * @throws NoSuchFileException if there is nothing
     * @throws NotDirectoryException if it is a file
     */
    public static void directory(Path path, String fix) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(shown(path), null, "there is no such directory; check the path");
        }
        directoryOrNothing(path, fix);
    }

    /**
     * Checks that a path is a directory, or can become one.
     *
     * @param fix the fix for another path
     * @throws NotDirectoryException if it is a file
     */
    public static void directoryOrNothing(Path path, String fix) throws IOException {
        Optional<String> problem = Files.exists(path) ? notDirectory(path) : Optional.empty();
        if (problem.isPresent()) {
            throw new NotDirectoryException(shown(path) + ": " + problem.get() + "; " + fix);
        }
    }

    /** {@return the problem of a path where a directory is wanted; empty if it is one} */
    public static Optional<String> notDirectory(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.empty();
        }
        if (!Files.exists(path)) {
            return Optional.of("does not exist");
        }
        return Optional.of(
                isTar(path)
                        ? "is a tar archive and not a directory; an image in an archive is read as such (OciLayout.archive,"
                                + " DockerArchive.file)"
                        : "is not a directory");
    }

    /**
     * Checks that a path is a file.
     *
     * @param fix the fix for another path
     * @throws NoSuchFileException if there is nothing
     * @throws FileSystemException if it is a directory
     */
    public static void file(Path path, String fix) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(shown(path), null, "there is no such file; check the path");
        }
        fileOrNothing(path, fix);
    }

    /**
     * Checks that a path is not a directory.
     *
     * @param fix the fix for a directory
     * @throws FileSystemException if it is a directory
     */
    public static void fileOrNothing(Path path, String fix) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(shown(path), null, kind(path) + fix);
        }
    }

    /**
     * Checks that files can be created in a directory, or in its nearest parent that exists. Creates nothing.
     *
     * @throws FileSystemException if a parent is a file, is read-only or may not be written
     */
    public static void writableDirectory(Path directory) throws IOException {
        Path nearest = nearest(directory);
        if (!Files.isDirectory(nearest)) {
            throw notWritable(directory, nearest + " is not a directory");
        }
        if (!Files.isWritable(nearest)) {
            boolean readOnly = Files.getFileStore(nearest).isReadOnly();
            throw notWritable(directory, readOnly ? "its file system is read-only" : "access is denied to " + nearest);
        }
    }

    private static Path nearest(Path directory) {
        Path nearest = directory.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    /** {@return the nearest directory that exists} */
    static Path nearestDirectory(Path path) {
        Path nearest = nearest(path);
        Path parent = nearest.getParent();
        return Files.isDirectory(nearest) || parent == null ? nearest : parent;
    }

    /** {@return the exception for a directory in which no file can be created} */
    public static FileSystemException notWritable(Path directory, String reason) {
        return new FileSystemException(
                shown(directory),
                null,
                "nothing can be written there: " + reason + "; name a directory that you may write to");
    }

    /** {@return the name of a path for messages} The empty path is the working directory, and is shown as that. */
    public static String shown(Path path) {
        return (path.toString().isEmpty() ? path.toAbsolutePath() : path).toString();
    }

    private static String kind(Path directory) {
        if (Files.exists(directory.resolve("oci-layout"))) {
            return "is an OCI layout in a directory and not a file (OciLayout.directory); ";
        }
        return isContext(directory)
                ? "is a context directory and not a file (ClusterImageBuilder.context); "
                : "is a directory and not a file; ";
    }

    /** {@return whether a directory has a build file} */
    public static boolean isContext(Path directory) {
        return BUILD_FILES.stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    /** {@return whether a file begins with the header of a tar; false if it cannot be read} */
    private static boolean isTar(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return isTar(in.readNBytes(MAGIC_AT + MAGIC.length));
        } catch (IOException e) {
            // Whoever reads the file fails with this exception, too.
            return false;
        }
    }

    /** {@return whether bytes begin with the header of a tar} */
    public static boolean isTar(byte[] bytes) {
        return bytes.length >= MAGIC_AT + MAGIC.length
                && Arrays.equals(bytes, MAGIC_AT, MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length);
    }
}
