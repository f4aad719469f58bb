package io.sealos.oci;

/**
 * The types of files in an image.
 *
 * @see PlannedFile#type
 * @see ClusterImageDiff.File#type
 * @since 0.1.0
 */
public enum FileType {
    /** A file with content. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    SYMLINK,
    /** A named pipe. */
    FIFO,
    /** A character device. */
    CHARACTER_DEVICE,
    /** A block device. */
    BLOCK_DEVICE
}
