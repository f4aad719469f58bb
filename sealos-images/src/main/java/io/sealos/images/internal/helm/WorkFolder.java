package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The names in the folder that parent and child share, and its removal. */
final class WorkFolder {
    private WorkFolder() {}

    static Path request(Path work, int number) {
        return work.resolve(number + ".request");
    }

    static Path values(Path work, int number) {
        return work.resolve(number + "-values.yaml");
    }

    static Path answer(Path work, int number) {
        return work.resolve(number + ".answer");
    }

    static void delete(Path work) throws IOException {
        if (!Files.exists(work)) {
            return;
        }
        Files.walkFileTree(work, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
