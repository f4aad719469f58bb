package io.sealos.oci.internal.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory beside the output in which it is made, and which is gone when the call ends. */
final class Staging implements AutoCloseable {
    static final String SUFFIX = ".staging";
    static final String LOCK = "in-use";

    private final Path directory;
    private final Path layout;
    private final FileChannel inUse;

    private Staging(Path directory) throws IOException {
        this.directory = directory;
        this.inUse = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.inUse.lock();
        this.layout = Files.createDirectory(directory.resolve("layout"));
        Files.createDirectories(blobs());
        Files.createDirectory(scratch());
    }

    /** In that directory, which has to lie on the file system of the output. */
    static Staging in(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        StaleStaging.delete(parent, "." + name + "-");
        return new Staging(Files.createTempDirectory(parent, "." + name + "-").toAbsolutePath());
    }

    static Staging beside(Path output) throws IOException {
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new IOException(output + " is the root of a file system; name a file or folder in it");
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

    Path scratch() {
        return directory.resolve("scratch");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        inUse.close();
        delete(directory);
    }

    static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
