package io.sealos.oci;

/**
 * Where the modes and extended attributes of context files come from. {@code --chmod} and the members of archives keep
 * theirs either way.
 */
public enum FileModes {
    /**
     * As the file system has them; where it has none, directories and files are 0755, as BuildKit does it. Of extended
     * attributes, those of {@code user} are kept where the platform has them, which Windows has not; Java shows no
     * others, so that {@code security.capability} comes into an image with ADD of an archive or from another image
     * only.
     */
    AS_FOUND,
    /**
     * The same for everybody who has the files: directories are 0755, files 0755 if anyone may execute them and else
     * 0644, special files as found; there are no extended attributes. Where the file system has no modes, files are
     * 0644.
     */
    NORMALIZED
}
