package io.sealos.internal.overlay;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places to which the paths of an overlay lead. Links of the directory are followed one by one, because a
 * link may lead to a given file. Immutable and thread-safe.
 */
final class PlaceFinder {
    private static final int MOST_LINKS = 40;

    private final GivenTree given;
    /** The real path of the directory over which files are laid; null if there is none. */
    private final @Nullable Path directory;

    /** The real path of the overlay, or the root of the file system if there is no directory. */
    private final Path start;

    /**
     * The last directory in which something was found; null at the beginning. Most files are found one after another.
     */
    private volatile @Nullable Known last;

    /** Whether the names of files must be compared with those that their directories list. */
    private final boolean comparesNames;

    /** The forms in which an absolute path may begin with the path of the overlay. */
    private final Set<Path> starts = new LinkedHashSet<>();

    PlaceFinder(@Nullable Path directory, Path root, GivenTree given) throws IOException {
        this.given = given;
        this.directory = directory == null ? null : directory.toRealPath();
        this.start = this.directory == null ? root : this.directory;
        this.comparesNames = this.directory != null && ExactNames.areNeeded(this.directory);
        starts.add(start);
        if (directory != null) {
            starts.add(directory.toAbsolutePath());
            starts.add(directory.toAbsolutePath().normalize());
        }
    }

    /**
     * A directory to which no link leads. If a link takes its place later, the file system beneath follows it, as it
     * does without an overlay.
     *
     * @param relative the path relative to the overlay
     * @param at the absolute path
     * @param tree the given files in it; null if there are none
     */
    private record Known(Path relative, Path at, @Nullable GivenTree tree) {}

    /** {@return the place of a path} */
    Place find(OverlayPath path, boolean followsLast) throws IOException {
        Path absolute = path.toAbsolutePath().wrapped();
        Path inside = inside(absolute);
        return inside == null ? outside(absolute) : new Walk(path, inside, followsLast).place();
    }

    private @Nullable Path inside(Path absolute) {
        Path found = below(absolute);
        return found == null ? below(absolute.normalize()) : found;
    }

    private @Nullable Path below(Path absolute) {
        for (Path one : starts) {
            if (absolute.startsWith(one)) {
                return absolute.getNameCount() == one.getNameCount()
                        ? absolute.getFileSystem().getPath("")
                        : absolute.subpath(one.getNameCount(), absolute.getNameCount());
            }
        }
        return null;
    }

    private static Place outside(Path path) {
        return new Place(path, null, path);
    }

    private static Deque<Path> names(Path path) {
        Deque<Path> names = new ArrayDeque<>();
        path.forEach(names::add);
        return names;
    }

    private static Path join(Path path, Iterable<Path> names) {
        Path joined = path;
        for (Path name : names) {
            joined = joined.resolve(name);
        }
        return joined;
    }

    /**
     * Checks that the given files fit into the directory.
     *
     * @throws FileSystemException if a given file would take the place of a directory, or of a file or link above it
     */
    void checkAgainstDirectory() throws IOException {
        if (directory != null) {
            check(given, directory, "");
        }
    }

    private static void check(GivenTree tree, Path directory, String prefix) throws FileSystemException {
        for (Map.Entry<String, GivenTree> entry : tree.entries().entrySet()) {
            Path there = directory.resolve(entry.getKey());
            String name = prefix + entry.getKey();
            boolean isDirectory = Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS);
            if (entry.getValue().isDirectory()) {
                if (isDirectory) {
                    check(entry.getValue(), there, name + "/");
                } else if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileSystemException(
                            there.toString(),
                            null,
                            (Files.isSymbolicLink(there) ? "is a symbolic link" : "is a file")
                                    + ", so no file can be given below '" + name
                                    + "'; give it below a directory, or remove this one");
                }
            } else if (isDirectory) {
                throw new FileSystemException(
                        there.toString(),
                        null,
                        "is a directory, so the file '" + name
                                + "' cannot be given; give it another path, or remove the directory");
            }
        }
    }

    /** The way from the root of the overlay to a place. */
    private final class Walk {
        private final OverlayPath asked;
        private final Path relative;
        private final Deque<Path> todo;
        private final boolean followsLast;
        private final Deque<Path> done = new ArrayDeque<>();
        private Path at = start;
        private @Nullable GivenTree tree = given;
        private int links;

        Walk(OverlayPath asked, Path relative, boolean followsLast) {
            this.asked = asked;
            this.relative = relative;
            this.todo = names(relative);
            this.followsLast = followsLast;
        }

        Place place() throws IOException {
            skipKnown();
            while (!todo.isEmpty()) {
                keepKnown();
                Place end = step(todo.removeFirst());
                if (end != null) {
                    return end;
                }
            }
            return reached();
        }

        /** Begins in the directory of the last walk, if that is the parent. */
        private void skipKnown() {
            Known known = last;
            if (known != null && known.relative().equals(relative.getParent())) {
                while (todo.size() > 1) {
                    done.addLast(todo.removeFirst());
                }
                at = known.at();
                tree = known.tree();
            }
        }

        /** Keeps the parent for the next walk, if nothing but its names led to it. */
        private void keepKnown() {
            Path parent = relative.getParent();
            if (todo.size() == 1 && parent != null && links == 0 && done.size() == parent.getNameCount()) {
                last = new Known(parent, at, tree);
            }
        }

        /** Takes one name. Returns a place if the name leads out of the directory, or to none. */
        private @Nullable Place step(Path name) throws IOException {
            String text = name.toString();
            if (text.isEmpty() || text.equals(".")) {
                return null;
            }
            if (text.equals("..")) {
                return up(name);
            }
            enter(name);
            if (comparesNames && tree == null && !ExactNames.isExact(at, text)) {
                return new Place(join(at, todo), null, null);
            }
            boolean follows = directory != null && tree == null && (followsLast || !todo.isEmpty());
            return follows && Files.isSymbolicLink(at) ? follow(Files.readSymbolicLink(at)) : null;
        }

        private void enter(Path name) {
            done.addLast(name);
            at = at.resolve(name);
            tree = tree == null ? null : tree.entries().get(name.toString());
        }

        private void leave() {
            done.removeLast();
            List<Path> names = List.copyOf(done);
            restart();
            names.forEach(this::enter);
        }

        private void restart() {
            done.clear();
            at = start;
            tree = given;
        }

        private @Nullable Place up(Path name) {
            if (!done.isEmpty()) {
                leave();
                return null;
            }
            return directory == null ? null : leaveDirectory(join(directory.resolve(name), todo));
        }

        /** Leaves the directory, unless the path leads back into it by the name of the directory. */
        private @Nullable Place leaveDirectory(Path path) {
            Path back = below(path.normalize());
            if (back == null) {
                return outside(path);
            }
            todo.clear();
            names(back).forEach(todo::addLast);
            return null;
        }

        private @Nullable Place follow(Path link) throws IOException {
            if (++links > MOST_LINKS) {
                throw new FileSystemLoopException(asked.toString());
            }
            Path target = link;
            if (target.isAbsolute()) {
                target = inside(link);
                if (target == null) {
                    return outside(join(link, todo));
                }
                restart();
            } else {
                leave();
            }
            names(target).descendingIterator().forEachRemaining(todo::addFirst);
            return null;
        }

        private Place reached() {
            Path below = directory == null ? null : at;
            if (tree == null) {
                return new Place(at, null, below);
            }
            if (tree.file() instanceof GivenFile.Elsewhere elsewhere) {
                return new Place(at, tree, elsewhere.file());
            }
            boolean merged = tree.isDirectory() && below != null && Files.isDirectory(below);
            return new Place(at, tree, merged ? below : null);
        }
    }
}
