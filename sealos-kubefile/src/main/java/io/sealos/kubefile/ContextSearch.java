package io.sealos.kubefile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the directories that have a build file which only a cluster image has. */
final class ContextSearch extends SimpleFileVisitor<Path> {
    static final int MOST_ENTRIES = 1_000_000;

    /** The names that other tools do not read. */
    private static final List<String> OWN_NAMES = List.of("Sealfile", "Kubefile");

    private final Path root;
    private final int most;
    private final SortedSet<Path> found = new TreeSet<>();
    private int entries;

    ContextSearch(Path root, int most) {
        this.root = root;
        this.most = most;
    }

    List<Path> found() {
        return List.copyOf(found);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        count();
        boolean hidden = !directory.equals(root)
                && String.valueOf(directory.getFileName()).startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        count();
        if (OWN_NAMES.contains(String.valueOf(file.getFileName()))) {
            found.add(Objects.requireNonNullElse(file.getParent(), root));
        }
        return FileVisitResult.CONTINUE;
    }

    private void count() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while " + root + " was searched");
        }
        if (++entries > most) {
            throw new FileSystemException(
                    root.toString(), null, "has more than " + most + " files and directories; name one below it");
        }
    }
}
