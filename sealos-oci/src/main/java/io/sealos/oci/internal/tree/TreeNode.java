package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree of files. Its attributes do not change; it can only be replaced by an entry with other attributes.
 * An implied directory only contains entries of a layer, and is not an entry of the layer itself.
 */
public sealed class TreeNode permits ContextDirectory {
    /** The kinds of entries that a layer can contain. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        FIFO,
        CHARACTER_DEVICE,
        BLOCK_DEVICE
    }

    static final int DIRECTORY_MODE = 0755;
    static final Owner ROOT = new Owner(0, 0);

    private final Kind kind;
    private final int mode;
    private final Owner owner;
    private final @Nullable Object value;
    private final @Nullable SortedMap<String, TreeNode> children;
    private final @Nullable ExtendedAttributes extended;

    TreeNode(Kind kind, int mode, Owner owner, @Nullable Object value, @Nullable SortedMap<String, TreeNode> children) {
        this(kind, mode, owner, value, children, null);
    }

    private TreeNode(
            Kind kind,
            int mode,
            Owner owner,
            @Nullable Object value,
            @Nullable SortedMap<String, TreeNode> children,
            @Nullable ExtendedAttributes extended) {
        this.kind = kind;
        this.mode = mode;
        this.owner = owner;
        this.value = value;
        this.children = children;
        this.extended = extended;
    }

    static TreeNode directory(int mode, Owner owner) {
        return new TreeNode(Kind.DIRECTORY, mode, owner, null, new TreeMap<>());
    }

    static TreeNode impliedDirectory() {
        return new TreeNode(Kind.DIRECTORY, DIRECTORY_MODE, ROOT, Implied.YES, new TreeMap<>());
    }

    static TreeNode file(int mode, Owner owner, Content content) {
        return new TreeNode(Kind.FILE, mode, owner, content, null);
    }

    static TreeNode symlink(Owner owner, String target) {
        return new TreeNode(Kind.SYMLINK, 0777, owner, target, null);
    }

    static TreeNode special(Kind kind, int mode, Owner owner, Device device) {
        return new TreeNode(kind, mode, owner, device, null);
    }

    public Kind kind() {
        return kind;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** Returns the permission bits with setuid, setgid and sticky. */
    public int mode() {
        return mode;
    }

    public Owner owner() {
        return owner;
    }

    public boolean isImplied() {
        return value == Implied.YES;
    }

    public Content content() {
        return (Content) required();
    }

    public String target() {
        return (String) required();
    }

    public Device device() {
        return (Device) required();
    }

    /** Returns the entries of a directory, sorted by name. */
    public SortedMap<String, TreeNode> children() throws IOException {
        if (children == null) {
            throw new IllegalStateException(kind + " has no children");
        }
        return children;
    }

    /** Returns the extended attributes, which are read by this call for a file of the context. */
    public ExtendedAttributes extendedAttributes() throws IOException {
        if (extended != null) {
            return extended;
        }
        return kind == Kind.FILE ? content().extendedAttributes() : ExtendedAttributes.NONE;
    }

    /** Returns the extended attributes that are not included in the identity of the content. */
    public ExtendedAttributes knownAttributes() {
        return extended == null ? ExtendedAttributes.NONE : extended;
    }

    TreeNode withAttributes(int newMode, Owner newOwner) {
        if (newMode == mode && newOwner.equals(owner) && !isImplied()) {
            return this;
        }
        return new TreeNode(kind, newMode, newOwner, value == Implied.YES ? null : value, children, extended);
    }

    /** Returns this entry with more extended attributes. */
    TreeNode withExtended(ExtendedAttributes more) throws IOException {
        if (more.isEmpty()) {
            return this;
        }
        ExtendedAttributes known = extendedAttributes();
        ExtendedAttributes all = known.with(more);
        return all.equals(known) ? this : new TreeNode(kind, mode, owner, value, children, all);
    }

    /** Returns this directory with the entries of another one. */
    TreeNode withChildrenOf(TreeNode other) throws IOException {
        return new TreeNode(kind, mode, owner, null, other.children(), extended);
    }

    /** Returns a new file with the same content, which is not a hard link to this one. */
    TreeNode copyOfFile() {
        return new TreeNode(kind, mode, owner, value, null, extended);
    }

    /** Returns the same entries in new directories. */
    TreeNode copyOfDirectories() {
        if (children == null) {
            return this;
        }
        TreeMap<String, TreeNode> copies = new TreeMap<>();
        children.forEach((name, child) -> copies.put(name, child.copyOfDirectories()));
        return new TreeNode(kind, mode, owner, value, copies, extended);
    }

    TreeNode withoutChildren() {
        return new TreeNode(kind, mode, owner, value, new TreeMap<>(), extended);
    }

    private Object required() {
        if (value == null) {
            throw new IllegalStateException(kind + " has no such value");
        }
        return value;
    }

    private enum Implied {
        YES
    }
}
