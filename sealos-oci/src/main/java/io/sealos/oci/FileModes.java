package io.sealos.oci;

/**
 * The modes and extended attributes that context files get in the image. {@code --chmod} and the modes in archives take
 * precedence over both choices.
 *
 * @since 0.1.0
 */
public enum FileModes {
    /**
     * The modes of the file system. On a file system without POSIX modes, directories and files get the mode 0755, as
     * with BuildKit. The extended attributes of the namespace {@code user} are kept, except on Windows, which does not
     * have them. Java cannot read those of other namespaces, so a {@code security.capability} is only kept in archives
     * that ADD unpacks, and in other images.
     */
    AS_FOUND,
    /**
     * Modes that do not depend on the machine: 0755 for directories and for files that anyone may execute, 0644 for
     * other files. Special files keep their modes. On a file system without POSIX modes, all files get the mode 0644.
     * There are no extended attributes.
     */
    NORMALIZED
}
