package io.sealos.oci.internal.tree;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/** The entries of a tar as those of a tree. */
final class TarNodes {
    private static final int MODE_BITS = 07777;

    private TarNodes() {}

    /** What has no content of its own in the tar and is no directory; null for all else. */
    static @Nullable TreeNode special(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return TreeNode.symlink(owner(entry), entry.getLinkName());
        }
        if (entry.isFIFO()) {
            return TreeNode.special(TreeNode.Kind.FIFO, mode(entry), owner(entry), Device.NONE);
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            return device(entry);
        }
        return null;
    }

    private static TreeNode device(TarArchiveEntry entry) {
        TreeNode.Kind kind = entry.isBlockDevice() ? TreeNode.Kind.BLOCK_DEVICE : TreeNode.Kind.CHARACTER_DEVICE;
        return TreeNode.special(kind, mode(entry), owner(entry), new Device(entry.getDevMajor(), entry.getDevMinor()));
    }

    static int mode(TarArchiveEntry entry) {
        return entry.getMode() & MODE_BITS;
    }

    static Owner owner(TarArchiveEntry entry) {
        return new Owner(entry.getLongUserId(), entry.getLongGroupId());
    }
}
