package io.sealos.oci.internal.tree;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of a context with the attributes that buildah copies: the owner is 0:0, and there are no setuid and
 * setgid bits.
 */
final class DiskReader {
    private static final int COPIED_BITS = 01777;

    private final Path root;
    private final boolean normalized;
    private final boolean hasExtendedAttributes;

    /** Creates a reader for a directory whose path does not contain links. */
    DiskReader(Path root, boolean normalized) throws IOException {
        this.root = root;
        this.normalized = normalized;
        this.hasExtendedAttributes = !normalized && UserAttributes.areKeptBelow(root);
    }

    Path root() {
        return root;
    }

    /** Returns the entries of a directory by name, except for sockets, which layers cannot contain. */
    SortedMap<String, TreeNode> entries(FileSnapshot directory) throws IOException {
        SortedMap<String, TreeNode> entries = new TreeMap<>();
        for (FileSnapshot entry : directory.entries()) {
            String name = name(entry);
            TreeNode node = read(entry);
            if (node != null) {
                entries.put(name, node);
            }
        }
        return entries;
    }

    private static String name(FileSnapshot entry) throws IOException {
        String name = entry.name();
        if (name.indexOf('\uFFFD') >= 0) {
            throw PlacedException.at(
                    Printable.of(entry.toString()),
                    ": the name of this file is not text in the locale of this process; start it"
                            + " with LC_ALL=C.UTF-8");
        }
        return name;
    }

    private @Nullable TreeNode read(FileSnapshot entry) throws IOException {
        return switch (entry.kind()) {
            case DIRECTORY -> ContextDirectory.onDisk(directoryMode(entry), entry, this);
            case FILE -> file(entry);
            case LINK -> symlink(entry.path());
            case PIPE -> TreeNode.special(TreeNode.Kind.FIFO, mode(entry, 0644), TreeNode.ROOT, Device.NONE);
            case CHARACTER_DEVICE -> device(TreeNode.Kind.CHARACTER_DEVICE, entry);
            case BLOCK_DEVICE -> device(TreeNode.Kind.BLOCK_DEVICE, entry);
            case OTHER -> entry.mode().isPresent() ? null : file(entry);
            case UNKNOWN -> throw reason(entry);
        };
    }

    // On file systems without modes, Java considers files in cloud storage neither regular files nor links.
    private TreeNode file(FileSnapshot entry) {
        return TreeNode.file(fileMode(entry), TreeNode.ROOT, new DiskContent(entry, this));
    }

    /** Returns the reason why an entry could not be read, by reading it again. */
    private static IOException reason(FileSnapshot entry) {
        try {
            Files.readAttributes(entry.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return e;
        }
        return PlacedException.at(
                Printable.of(entry.toString()),
                " changed while it was looked at; build again when nothing writes to it");
    }

    private static TreeNode symlink(Path path) throws IOException {
        String target = Files.readSymbolicLink(path).toString();
        String slashed = path.getFileSystem().getSeparator().equals("\\") ? target.replace('\\', '/') : target;
        return TreeNode.symlink(TreeNode.ROOT, slashed);
    }

    private static TreeNode device(TreeNode.Kind kind, FileSnapshot entry) throws IOException {
        Object rdev = Files.getAttribute(entry.path(), "unix:rdev", LinkOption.NOFOLLOW_LINKS);
        long number = rdev instanceof Number found ? found.longValue() : 0;
        int major = (int) ((number >>> 8) & 0xfff);
        int minor = (int) ((number & 0xff) | ((number >>> 12) & 0xfff00));
        return TreeNode.special(kind, mode(entry, 0644), TreeNode.ROOT, new Device(major, minor));
    }

    /** Returns the current extended attributes of a file. */
    ExtendedAttributes extendedAttributes(FileSnapshot entry) throws IOException {
        if (!hasExtendedAttributes) {
            return ExtendedAttributes.NONE;
        }
        checkKind(entry);
        return UserAttributes.of(entry.path());
    }

    /**
     * Checks that an entry still is a file or a directory. Opening a pipe that has replaced it would wait for a writer.
     */
    static void checkKind(FileSnapshot entry) throws IOException {
        boolean file = entry.kind() == FileSnapshot.Kind.FILE;
        if (file || entry.kind() == FileSnapshot.Kind.DIRECTORY) {
            BasicFileAttributes now =
                    Files.readAttributes(entry.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file ? !now.isRegularFile() : !now.isDirectory()) {
                String kind = file ? "file" : "directory";
                throw new FileSystemException(
                        entry.toString(),
                        null,
                        "was a " + kind + " before, and is no longer one; build again when nothing writes to it");
            }
        }
    }

    private static int mode(FileSnapshot entry, int otherwise) {
        return entry.mode().orElse(otherwise) & COPIED_BITS;
    }

    int directoryMode(FileSnapshot entry) {
        return normalized ? TreeNode.DIRECTORY_MODE : mode(entry, TreeNode.DIRECTORY_MODE);
    }

    // On file systems without modes, any file may be executable.
    private int fileMode(FileSnapshot entry) {
        int mode = mode(entry, normalized ? 0644 : 0755);
        return !normalized ? mode : (mode & 0111) != 0 ? 0755 : 0644;
    }
}
