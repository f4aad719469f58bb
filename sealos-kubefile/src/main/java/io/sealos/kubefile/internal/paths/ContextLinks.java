package io.sealos.kubefile.internal.paths;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Resolves symbolic links with the context directory as their root, so no link leads out of it. */
public final class ContextLinks {
    private static final int MOST_LINKS = 255;

    private ContextLinks() {}

    /**
     * {@return the file that a path in the context leads to, as {@code securejoin} of buildah finds it; it need not
     * exist}
     */
    public static Path resolve(Path context, Path relative) throws IOException {
        Deque<String> todo = names(relative);
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.removeFirst();
            if (name.equals("..")) {
                removeLast(done);
                continue;
            }
            done.add(name);
            Path path = path(context, done);
            if (Files.isSymbolicLink(path)) {
                if (++links > MOST_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                Path target = Files.readSymbolicLink(path);
                removeLast(done);
                done = target.isAbsolute() ? new ArrayList<>() : done;
                Deque<String> names = names(target);
                names.descendingIterator().forEachRemaining(todo::addFirst);
            }
        }
        return path(context, done);
    }

    private static void removeLast(List<String> names) {
        if (!names.isEmpty()) {
            names.remove(names.size() - 1);
        }
    }

    private static Path path(Path context, List<String> names) {
        Path path = context;
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private static Deque<String> names(Path path) {
        Deque<String> names = new ArrayDeque<>();
        path.forEach(name -> names.add(name.toString()));
        names.removeIf(name -> name.isEmpty() || name.equals("."));
        return names;
    }
}
