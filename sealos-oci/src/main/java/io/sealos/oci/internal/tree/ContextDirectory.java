package io.sealos.oci.internal.tree;

import io.sealos.oci.FileModes;
import io.sealos.oci.internal.recipe.BuildContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory of the context, read when it is first asked for, with the virtual files laid over it. */
final class ContextDirectory extends TreeNode {
    private final @Nullable Path disk;
    private final @Nullable TreeNode virtual;
    private final DiskReader reader;
    private @Nullable SortedMap<String, TreeNode> entries;

    private ContextDirectory(int mode, @Nullable Path disk, @Nullable TreeNode virtual, DiskReader reader) {
        super(Kind.DIRECTORY, mode, ROOT, null, null);
        this.disk = disk;
        this.virtual = virtual;
        this.reader = reader;
    }

    static ContextDirectory of(BuildContext context) throws IOException {
        Path root = context.directory().toRealPath();
        DiskReader reader = new DiskReader(root, context.modes() == FileModes.NORMALIZED);
        return new ContextDirectory(DIRECTORY_MODE, root, VirtualTree.of(context.virtualFiles()), reader);
    }

    static ContextDirectory onDisk(int mode, Path disk, DiskReader reader) {
        return new ContextDirectory(mode, disk, null, reader);
    }

    @Override
    public SortedMap<String, TreeNode> children() throws IOException {
        if (entries == null) {
            entries = read();
        }
        return entries;
    }

    private SortedMap<String, TreeNode> read() throws IOException {
        SortedMap<String, TreeNode> read = disk == null ? new TreeMap<>() : reader.entries(disk);
        if (virtual != null) {
            for (Map.Entry<String, TreeNode> entry : virtual.children().entrySet()) {
                read.put(entry.getKey(), overlaid(entry.getKey(), entry.getValue(), read.get(entry.getKey())));
            }
        }
        return read;
    }

    private TreeNode overlaid(String name, TreeNode over, @Nullable TreeNode under) throws IOException {
        if (!over.isDirectory()) {
            return over;
        }
        Path below = under == null || disk == null ? null : directoryInContext(disk.resolve(name));
        if (below == null) {
            return over;
        }
        int mode = under != null && under.isDirectory() ? under.mode() : DIRECTORY_MODE;
        return new ContextDirectory(mode, below, over, reader);
    }

    // A link to a directory of the context is followed: what was saved goes where the context has such files.
    private @Nullable Path directoryInContext(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            return null;
        }
        Path real = path.toRealPath();
        return real.startsWith(reader.root()) ? real : null;
    }
}
