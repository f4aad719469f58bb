package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads entries of a context as buildah copies them: owner 0:0, without setuid and setgid. */
final class DiskReader {
    private static final int TYPE = 0170000;
    private static final int COPIED_BITS = 01777;
    private static final String ATTRIBUTES = "unix:mode,nlink,rdev," + FileState.ATTRIBUTES;

    private final Path root;
    private final boolean normalized;
    private final boolean posix;

    DiskReader(Path root, boolean normalized) {
        this.root = root;
        this.normalized = normalized;
        this.posix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    Path root() {
        return root;
    }

    private static String name(Path path) throws IOException {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        if (name.indexOf('\uFFFD') >= 0) {
            throw new IOException(path + ": the name of this file is no text in the locale of this process; start it"
                    + " with LC_ALL=C.UTF-8");
        }
        return name;
    }

    /** The entries of a folder by their names, without what no layer can hold (a socket). */
    SortedMap<String, TreeNode> entries(Path folder) throws IOException {
        SortedMap<String, TreeNode> entries = new TreeMap<>();
        Instant now = Instant.now();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = name(path);
                TreeNode node = posix ? readUnix(folder, path, name, now) : readPlain(folder, path, name);
                if (node != null) {
                    entries.put(name, node);
                }
            }
        }
        return entries;
    }

    private @Nullable TreeNode readUnix(Path folder, Path path, String name, Instant now) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int found = FileState.number(unix, "mode").intValue();
        int mode = found & COPIED_BITS;
        return switch (found & TYPE) {
            case 0040000 -> ContextDirectory.onDisk(directoryMode(mode), path, this);
            case 0100000 -> file(folder, name, fileMode(mode), unix, now);
            case 0120000 -> symlink(path);
            case 0010000 -> TreeNode.special(TreeNode.Kind.FIFO, mode, TreeNode.ROOT, Device.NONE);
            case 0020000 -> device(TreeNode.Kind.CHARACTER_DEVICE, mode, FileState.number(unix, "rdev"));
            case 0060000 -> device(TreeNode.Kind.BLOCK_DEVICE, mode, FileState.number(unix, "rdev"));
            default -> null;
        };
    }

    private @Nullable TreeNode readPlain(Path folder, Path path, String name) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isDirectory()) {
            return ContextDirectory.onDisk(TreeNode.DIRECTORY_MODE, path, this);
        }
        if (found.isSymbolicLink()) {
            return symlink(path);
        }
        int mode = normalized ? 0644 : 0755;
        return TreeNode.file(mode, TreeNode.ROOT, new DiskContent(folder, name, found.size(), null, null));
    }

    private static TreeNode file(Path folder, String name, int mode, Map<String, Object> unix, Instant now) {
        FileState state = FileState.of(unix);
        boolean linked = FileState.number(unix, "nlink").intValue() > 1;
        Object identity = linked ? state.device() + ":" + state.inode() : null;
        FileState known = state.isSettled(now) ? state : null;
        return TreeNode.file(mode, TreeNode.ROOT, new DiskContent(folder, name, state.size(), known, identity));
    }

    private static TreeNode symlink(Path path) throws IOException {
        String target = Files.readSymbolicLink(path).toString();
        String slashed = path.getFileSystem().getSeparator().equals("\\") ? target.replace('\\', '/') : target;
        return TreeNode.symlink(TreeNode.ROOT, slashed);
    }

    private static TreeNode device(TreeNode.Kind kind, int mode, Number rdev) {
        long number = rdev.longValue();
        int major = (int) ((number >>> 8) & 0xfff);
        int minor = (int) ((number & 0xff) | ((number >>> 12) & 0xfff00));
        return TreeNode.special(kind, mode, TreeNode.ROOT, new Device(major, minor));
    }

    private int directoryMode(int mode) {
        return normalized ? TreeNode.DIRECTORY_MODE : mode;
    }

    private int fileMode(int mode) {
        return !normalized ? mode : (mode & 0111) != 0 ? 0755 : 0644;
    }
}
