package io.sealos.oci.internal.tree;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.oci.FileModes;
import io.sealos.oci.internal.read.ExtendedAttributes;
import io.sealos.oci.internal.recipe.BuildContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory of the context with virtual files laid over it. It is read when it is first needed. */
final class ContextDirectory extends TreeNode {
    private final @Nullable FileSnapshot disk;
    private final @Nullable TreeNode virtual;
    private final DiskReader reader;
    private @Nullable SortedMap<String, TreeNode> entries;

    private ContextDirectory(int mode, @Nullable FileSnapshot disk, @Nullable TreeNode virtual, DiskReader reader) {
        super(Kind.DIRECTORY, mode, ROOT, null, null);
        this.disk = disk;
        this.virtual = virtual;
        this.reader = reader;
    }

    static ContextDirectory of(BuildContext context) throws IOException {
        FileSnapshot seen = context.seen();
        DiskReader reader = new DiskReader(seen.path(), context.modes() == FileModes.NORMALIZED);
        return new ContextDirectory(DIRECTORY_MODE, seen, VirtualTree.of(context.virtualFiles()), reader);
    }

    static ContextDirectory onDisk(int mode, FileSnapshot disk, DiskReader reader) {
        return new ContextDirectory(mode, disk, null, reader);
    }

    @Override
    public SortedMap<String, TreeNode> children() throws IOException {
        if (entries == null) {
            entries = read();
        }
        return entries;
    }

    @Override
    public ExtendedAttributes extendedAttributes() throws IOException {
        return disk == null ? ExtendedAttributes.NONE : reader.extendedAttributes(disk);
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
        if (!over.isDirectory() || under == null || disk == null) {
            return over;
        }
        FileSnapshot below = under instanceof ContextDirectory known
                ? known.disk
                : linked(disk.path().resolve(name));
        int mode = under.isDirectory() ? under.mode() : DIRECTORY_MODE;
        return below == null ? over : new ContextDirectory(mode, below, over, reader);
    }

    // A link to a directory of the context is followed, so saved files are added to those of the context.
    private @Nullable FileSnapshot linked(Path path) throws IOException {
        if (!Files.isSymbolicLink(path) || !Files.isDirectory(path)) {
            return null;
        }
        Path real = path.toRealPath();
        return real.startsWith(reader.root()) ? FileSnapshot.ofDirectory(real) : null;
    }
}
