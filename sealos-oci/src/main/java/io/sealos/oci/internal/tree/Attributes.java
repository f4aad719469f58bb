package io.sealos.oci.internal.tree;

import org.jspecify.annotations.Nullable;

/**
 * The mode and owner of copied entries. They are those of the flags {@code --chmod} and {@code --chown} or, without
 * flags, those of the source.
 */
record Attributes(@Nullable Integer chmod, @Nullable Owner chown) {
    /** The largest mode that buildah accepts; it ignores the bits above those of a mode. */
    private static final long MAX_NUMBER = 0xffff_ffffL;

    private static final int MODE_BITS = 07777;

    int modeOf(TreeNode source) {
        return chmod == null ? source.mode() : chmod;
    }

    Owner ownerOf(TreeNode source) {
        return chown == null ? source.owner() : chown;
    }

    /** Returns the owner of directories that the copy creates. */
    Owner ownerOfParents() {
        return chown == null ? TreeNode.ROOT : chown;
    }

    TreeNode applyTo(TreeNode leaf) {
        if (leaf.kind() == TreeNode.Kind.SYMLINK) {
            return leaf.withAttributes(leaf.mode(), ownerOf(leaf));
        }
        return leaf.withAttributes(modeOf(leaf), ownerOf(leaf));
    }

    static @Nullable Integer parseMode(@Nullable String chmod) {
        if (chmod == null || chmod.isEmpty()) {
            return null;
        }
        if (!chmod.matches("0*[0-7]{1,11}") || Long.parseLong(chmod, 8) > MAX_NUMBER) {
            throw new StepException("--chmod=" + chmod + " is not a mode", "write octal digits, such as 755");
        }
        return (int) Long.parseLong(chmod, 8) & MODE_BITS;
    }
}
