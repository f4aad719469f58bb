package io.sealos.internal.files;

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
 * A snapshot of the attributes of a file, directory or link. The entries of a directory are listed when they are first
 * requested, and then kept, so all users of a snapshot see the same entries. {@linkplain TemporaryDirectory#STAGING
 * Directories in which outputs are created} are left out: they belong to a build that is running, or that was killed.
 * The content of files is not read, and links are not followed.
 *
 * <p>Thread-safe, and immutable except for the entries that are kept.
 */
public final class FileSnapshot {
    /** The kinds of directory entries. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, whatever its target. */
        LINK,
        /** A named pipe. */
        PIPE,
        /** A character device. */
        CHARACTER_DEVICE,
        /** A block device. */
        BLOCK_DEVICE,
        /** A socket, or a platform-specific kind of entry. */
        OTHER,
        /** An entry whose attributes cannot be read, possibly because it no longer exists. */
        UNKNOWN
    }

    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    /** Stands for a missing state. */
    private static final long NO_DEVICE = -1;

    // There may be very many snapshots, so all values are fields of this object, and a path is created only on request.
    private final Path directory;
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
    private @Nullable List<FileSnapshot> entries;

    private FileSnapshot(Path directory, String name, FileAttributes look, boolean followed, long now) {
        this.directory = directory;
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
     * {@return a snapshot of a file, directory or link}
     *
     * @param path the path of the file, directory or link
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static FileSnapshot of(Path path) throws IOException {
        long now = now();
        return new FileSnapshot(path, "", FileAttributes.at(path, NO_LINKS), false, now);
    }

    /**
     * {@return a snapshot of a directory; if the path is a link, it is followed}
     *
     * @param path the directory
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static FileSnapshot ofDirectory(Path path) throws IOException {
        long now = now();
        return new FileSnapshot(path, "", FileAttributes.at(path), true, now);
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** {@return the path of the file} */
    public Path path() {
        return name.isEmpty() ? directory : directory.resolve(name);
    }

    /** {@return the last name of the path} */
    public String name() {
        return name.isEmpty() ? String.valueOf(directory.getFileName()) : name;
    }

    /** {@return the kind of the entry} */
    public Kind kind() {
        return kind;
    }

    /** {@return the size in bytes; 0 if it is unknown} */
    public long size() {
        return size;
    }

    /** {@return the permission bits with setuid, setgid and sticky; empty if the platform has none} */
    public OptionalInt mode() {
        return mode == FileAttributes.NO_MODE ? OptionalInt.empty() : OptionalInt.of(mode);
    }

    /** {@return the number of names (hard links) of the file; 1 if the platform does not provide it} */
    public int links() {
        return links;
    }

    /** {@return the state of the file; empty if the platform does not provide it} */
    public Optional<FileState> state() {
        return device == NO_DEVICE
                ? Optional.empty()
                : Optional.of(new FileState(device, inode, size, modified, changed));
    }

    /** {@return the state of the file, if every change since the snapshot would change the state; else empty} */
    public Optional<FileState> settledState() {
        return settled ? state() : Optional.empty();
    }

    /**
     * {@return the entries of the directory when they were first requested, sorted by name}
     *
     * @throws IOException if it is not a directory, or cannot be listed
     */
    public synchronized List<FileSnapshot> entries() throws IOException {
        List<FileSnapshot> known = entries;
        if (known == null) {
            known = list();
            entries = known;
        }
        return known;
    }

    /**
     * {@return the current entries of the directory, sorted by name; they are not kept}
     *
     * @throws IOException if it is not a directory, or cannot be listed
     */
    public List<FileSnapshot> list() throws IOException {
        Path path = path();
        long now = now();
        List<FileSnapshot> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path one : all) {
                if (!String.valueOf(one.getFileName()).startsWith(TemporaryDirectory.STAGING)) {
                    found.add(below(path, one, now));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(found);
    }

    /**
     * Keeps the path as it is if the name cannot be decoded in the locale of this process, because a path made of the
     * name would not lead to the file.
     */
    private static FileSnapshot below(Path directory, Path path, long now) {
        String name = String.valueOf(path.getFileName());
        FileAttributes look = FileAttributes.lenient(path);
        return name.indexOf('\uFFFD') < 0
                ? new FileSnapshot(directory, name, look, false, now)
                : new FileSnapshot(path, "", look, false, now);
    }

    /**
     * {@return a snapshot of the current state} It is this snapshot if nothing that was read has changed, and it shares
     * the unchanged directories with this snapshot.
     *
     * @throws IOException if it is not there any more, or cannot be looked at
     */
    public FileSnapshot refreshed() throws IOException {
        long now = now();
        return refreshed(followed ? FileAttributes.at(path()) : FileAttributes.at(path(), NO_LINKS), now);
    }

    private FileSnapshot refreshed(FileAttributes fresh, long now) {
        if (!settled || !isAs(fresh)) {
            return new FileSnapshot(directory, name, fresh, followed, now);
        }
        List<FileSnapshot> known = seen();
        if (known == null) {
            return this;
        }
        List<FileSnapshot> all = new ArrayList<>(known.size());
        boolean same = true;
        for (FileSnapshot one : known) {
            FileSnapshot again = one.refreshed(FileAttributes.lenient(one.path()), now);
            same &= again == one;
            all.add(again);
        }
        return same ? this : new FileSnapshot(directory, name, fresh, followed, now).with(all);
    }

    private boolean isAs(FileAttributes fresh) {
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

    private synchronized @Nullable List<FileSnapshot> seen() {
        return entries;
    }

    private synchronized FileSnapshot with(List<FileSnapshot> known) {
        entries = List.copyOf(known);
        return this;
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return path().toString();
    }
}
