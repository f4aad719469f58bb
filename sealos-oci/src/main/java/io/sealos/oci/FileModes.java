package io.sealos.oci;

/** Where the modes of context files come from. {@code --chmod} and the members of archives keep theirs either way. */
public enum FileModes {
    /** As the file system has them; where it has none, directories and files are 0755, as BuildKit does it. */
    AS_FOUND,
    /**
     * The same for everybody who has the files: directories are 0755, files 0755 if anyone may execute them and else
     * 0644, special files as found. Where the file system has no modes, files are 0644.
     */
    NORMALIZED
}
