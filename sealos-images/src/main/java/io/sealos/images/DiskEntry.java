package io.sealos.images;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or link as it was when it was looked at. All who share one see the same: what a folder has is listed
 * when it is first asked for, and kept. No file is read, and no link followed.
 *
 * <p>Thread-safe, and immutable but for what is kept.
 */
public final class DiskEntry {
    /** What an entry of a folder is. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A folder. */
        FOLDER,
        /** A symbolic link, wherever it leads. */
        LINK,
        /** A named pipe. */
        PIPE,
        /** A character device. */
        CHARACTER_DEVICE,
        /** A block device. */
        BLOCK_DEVICE,
        /** A socket, or something that only this platform knows. */
        OTHER,
        /** It cannot be looked at; it may be gone. */
        UNKNOWN
    }

    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    /** Where the platform tells no state. */
    private static final long NO_DEVICE = -1;

    // There may be very many, so that all stands here, and a path is made when it is asked for.
    private final Path folder;
    private final String name;
    private final Kind kind;
    private final int mode;
    private final int links;
    private final long device;
    private final long inode;
    private final long size;
    private final long modified;
    private final long changed;
    private final boolean followed;
    private final boolean settled;
    private @Nullable List<DiskEntry> entries;

    private DiskEntry(Path folder, String name, FileLook look, boolean followed, long now) {
        this.folder = folder;
        this.name = name;
        FileState state = look.state();
        this.followed = followed;
        this.kind = look.kind();
        this.mode = look.mode();
        this.links = look.links();
        this.size = look.size();
        this.device = state == null ? NO_DEVICE : state.device();
        this.inode = state == null ? 0 : state.inode();
        this.modified = state == null ? 0 : state.modified();
        this.changed = state == null ? 0 : state.changed();
        this.settled = state != null && state.isSettled(now);
    }

    /**
     * {@return a file, folder or link as it is now}
     *
     * @param path where it is
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static DiskEntry of(Path path) throws IOException {
        long now = now();
        return new DiskEntry(path, "", FileLook.at(path, NO_LINKS), false, now);
    }

    /**
     * {@return a folder as it is now; where a link leads to it, it is followed}
     *
     * @param path the folder
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static DiskEntry ofFolder(Path path) throws IOException {
        long now = now();
        return new DiskEntry(path, "", FileLook.at(path), true, now);
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** {@return where it is} */
    public Path path() {
        return name.isEmpty() ? folder : folder.resolve(name);
    }

    /** {@return the last name of the path} */
    public String name() {
        return name.isEmpty() ? String.valueOf(folder.getFileName()) : name;
    }

    /** {@return what it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return the size in bytes; 0 where it cannot be told} */
    public long size() {
        return size;
    }

    /** {@return the permission bits with setuid, setgid and sticky; empty where the platform has none} */
    public OptionalInt mode() {
        return mode == FileLook.NO_MODE ? OptionalInt.empty() : OptionalInt.of(mode);
    }

    /** {@return how many names the file has; 1 where the platform does not tell} */
    public int links() {
        return links;
    }

    /** {@return its state; empty where the platform does not tell} */
    public Optional<FileState> state() {
        return device == NO_DEVICE
                ? Optional.empty()
                : Optional.of(new FileState(device, inode, size, modified, changed));
    }

    /** {@return its state, if a change that comes after the look would change that too} */
    public Optional<FileState> settledState() {
        return settled ? state() : Optional.empty();
    }

    /**
     * {@return what the folder had when this was first asked, sorted by name}
     *
     * @throws IOException if it is no folder, or cannot be listed
     */
    public synchronized List<DiskEntry> entries() throws IOException {
        List<DiskEntry> known = entries;
        if (known == null) {
            known = list();
            entries = known;
        }
        return known;
    }

    /**
     * {@return what the folder has now, sorted by name; it is not kept}
     *
     * @throws IOException if it is no folder, or cannot be listed
     */
    public List<DiskEntry> list() throws IOException {
        Path path = path();
        long now = now();
        List<DiskEntry> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path one : all) {
                found.add(below(path, one, now));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(found);
    }

    /** A name that is no text in the locale of this process leads nowhere: its path is kept as it is. */
    private static DiskEntry below(Path folder, Path path, long now) {
        String name = String.valueOf(path.getFileName());
        FileLook look = FileLook.lenient(path);
        return name.indexOf('\uFFFD') < 0
                ? new DiskEntry(folder, name, look, false, now)
                : new DiskEntry(path, "", look, false, now);
    }

    /**
     * {@return this as it is now} It is this one where nothing differs of what was seen of it, and shares with this one
     * the folders of which that is so.
     *
     * @throws IOException if it is not there any more, or cannot be looked at
     */
    public DiskEntry refreshed() throws IOException {
        long now = now();
        return refreshed(followed ? FileLook.at(path()) : FileLook.at(path(), NO_LINKS), now);
    }

    private DiskEntry refreshed(FileLook fresh, long now) {
        if (!settled || !isAs(fresh)) {
            return new DiskEntry(folder, name, fresh, followed, now);
        }
        List<DiskEntry> known = seen();
        if (known == null) {
            return this;
        }
        List<DiskEntry> all = new ArrayList<>(known.size());
        boolean same = true;
        for (DiskEntry one : known) {
            DiskEntry again = one.refreshed(FileLook.lenient(one.path()), now);
            same &= again == one;
            all.add(again);
        }
        return same ? this : new DiskEntry(folder, name, fresh, followed, now).with(all);
    }

    private boolean isAs(FileLook fresh) {
        FileState state = fresh.state();
        return state != null
                && state.changed() == changed
                && state.modified() == modified
                && state.inode() == inode
                && state.device() == device
                && fresh.size() == size
                && fresh.mode() == mode
                && fresh.kind() == kind;
    }

    private synchronized @Nullable List<DiskEntry> seen() {
        return entries;
    }

    private synchronized DiskEntry with(List<DiskEntry> known) {
        entries = List.copyOf(known);
        return this;
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return path().toString();
    }
}
