package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps beside the library in which state it was found whole, so that its 98 MB are not read at each start. Writing to
 * it and changing its attributes moves the time of change (ctime), which cannot be set back; where the platform does
 * not tell it, nothing is kept.
 */
final class CheckedLibrary {
    private static final String SUFFIX = ".checked";
    private static final String STATE = "unix:dev,ino,size,lastModifiedTime,ctime";
    /** A file could be changed once more within a tick of the clock, and would look the same. */
    private static final Duration FINE_TICK = Duration.ofMillis(100);
    /** File systems that keep whole seconds may keep only every other one. */
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    private final Path library;
    private final Path record;

    CheckedLibrary(Path library) {
        this.library = library;
        this.record = library.resolveSibling(library.getFileName() + SUFFIX);
    }

    /** Whether it was found whole, and nothing has touched it since. */
    boolean isUntouched() {
        try {
            return keepsStates()
                    && Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(record).equals(text(state()));
        } catch (IOException e) {
            return false; // It is read, then, which tells what is wrong with it.
        }
    }

    /** The state in which it is; empty where that could change unseen, as after a change a moment ago. */
    Optional<String> restingState() {
        try {
            Map<String, Object> state = keepsStates() ? state() : Map.of();
            return hadRest(nanos(state, "ctime")) ? Optional.of(text(state)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // It is not there.
        }
    }

    /**
     * Keeps that it was whole in this state, if it still is in it.
     *
     * @param part what is written first, under a name that is this process's own
     */
    void keep(String found, Path part) throws IOException {
        try {
            if (found.equals(text(state()))) {
                Files.writeString(part, found);
                Files.move(part, record, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // A folder that cannot be written to costs time, and no more.
            Files.deleteIfExists(part);
        }
    }

    /** It is read again at the next start. */
    void forget() {
        forget(record);
    }

    /** All libraries of the folder are read again at the next start. */
    static void forgetAll(Path cache) {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(cache, "*" + SUFFIX)) {
            records.forEach(CheckedLibrary::forget);
        } catch (IOException | DirectoryIteratorException e) {
            return; // What cannot be listed has no states of ours, or keeps them.
        }
    }

    /** Why the engine does not work is told elsewhere, and matters more than a state that cannot be removed. */
    private static void forget(Path record) {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            return; // Each start tries again.
        }
    }

    private static boolean hadRest(long changed) {
        Duration tick = changed % TimeUnit.SECONDS.toNanos(1) == 0 ? COARSE_TICK : FINE_TICK;
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(changed) > tick.toMillis();
    }

    private boolean keepsStates() {
        return library.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private Map<String, Object> state() throws IOException {
        return Files.readAttributes(library, STATE, LinkOption.NOFOLLOW_LINKS);
    }

    private static String text(Map<String, Object> state) {
        return state.get("dev") + ":" + state.get("ino") + ":" + state.get("size") + ":"
                + nanos(state, "lastModifiedTime") + ":" + nanos(state, "ctime");
    }

    private static long nanos(Map<String, Object> state, String name) {
        return state.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : Long.MAX_VALUE;
    }
}
