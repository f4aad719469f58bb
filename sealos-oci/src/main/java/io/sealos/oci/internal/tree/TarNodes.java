package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Creates tree nodes from tar entries. */
final class TarNodes {
    private TarNodes() {}

    /** Returns the node for a link, FIFO or device; null for other entries. */
    static @Nullable TreeNode special(TarEntry entry) throws IOException {
        TreeNode node = null;
        if (entry.isSymbolicLink()) {
            node = TreeNode.symlink(owner(entry), entry.linkName());
        } else if (entry.isFifo()) {
            node = TreeNode.special(TreeNode.Kind.FIFO, entry.mode(), owner(entry), Device.NONE);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            node = device(entry);
        }
        return node == null ? null : node.withExtended(entry.attributes());
    }

    static TreeNode directory(TarEntry entry) throws IOException {
        return TreeNode.directory(entry.mode(), owner(entry)).withExtended(entry.attributes());
    }

    static TreeNode file(TarEntry entry, Content content) throws IOException {
        return TreeNode.file(entry.mode(), owner(entry), content).withExtended(entry.attributes());
    }

    private static TreeNode device(TarEntry entry) {
        TreeNode.Kind kind = entry.isBlockDevice() ? TreeNode.Kind.BLOCK_DEVICE : TreeNode.Kind.CHARACTER_DEVICE;
        return TreeNode.special(kind, entry.mode(), owner(entry), new Device(entry.major(), entry.minor()));
    }

    static Owner owner(TarEntry entry) {
        return Owner.kept(entry.uid(), entry.gid());
    }
}
