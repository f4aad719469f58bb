package io.sealos.oci;

import io.sealos.oci.internal.tree.Owner;
import io.sealos.oci.internal.tree.TreeNode;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of a planned layer. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PlannedFile {
    private final String path;
    private final TreeNode.Kind kind;
    private final int mode;
    private final Owner owner;
    private final long size;
    private final String target;

    private PlannedFile(String path, TreeNode node) {
        boolean file = node.kind() == TreeNode.Kind.FILE;
        this.path = path;
        this.kind = node.kind();
        this.mode = node.mode();
        this.owner = node.owner();
        this.size = file ? node.content().size() : 0;
        this.target = node.kind() == TreeNode.Kind.SYMLINK ? node.target() : "";
    }

    static PlannedFile of(String path, TreeNode node) {
        return new PlannedFile(path, node);
    }

    /** {@return the absolute path in the image} */
    public String path() {
        return path;
    }

    /** {@return the type} */
    public FileType type() {
        return FileType.valueOf(kind.name());
    }

    /** {@return the permission bits, including the setuid, setgid and sticky bits} */
    public int mode() {
        return mode;
    }

    /** {@return the numeric user and group, such as {@code 0:0}} */
    public String owner() {
        return owner.uid() + ":" + owner.gid();
    }

    /** {@return the size of a file in bytes; 0 for other entries} */
    public long size() {
        return size;
    }

    /** {@return the target of a symbolic link; empty for other entries} */
    public Optional<String> target() {
        return Optional.of(target).filter(text -> !text.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlannedFile that
                && path.equals(that.path)
                && kind.equals(that.kind)
                && mode == that.mode
                && owner.equals(that.owner)
                && size == that.size
                && target.equals(that.target);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, kind, mode, owner, size, target);
    }

    /** {@return a description of the entry in one line} */
    @Override
    public String toString() {
        return String.format("%04o %s %s", mode, owner(), path) + (target.isEmpty() ? "" : " -> " + target);
    }
}
