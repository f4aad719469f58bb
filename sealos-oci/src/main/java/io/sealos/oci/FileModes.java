package io.sealos.oci;

/**
 * The source of the modes and extended attributes of context files. {@code --chmod} and the modes in archives take
 * effect with both.
 */
public enum FileModes {
    /**
     * Modes are those of the file system; without POSIX modes, directories and files are 0755, as with BuildKit. Of
     * extended attributes, those of {@code user} are kept where the platform has them, which Windows has not; Java
     * shows no others, so that {@code security.capability} comes into an image with ADD of an archive or from another
     * image only.
     */
    AS_FOUND,
    /**
     * Modes do not depend on the machine: directories are 0755, files 0755 if anyone may execute them and else 0644,
     * special files as found; there are no extended attributes. Where the file system has no modes, files are 0644.
     */
    NORMALIZED
}
