package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.read.ExtendedAttributes;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The fields of a tar header.
 *
 * @param path the path, with a slash at the end for a directory
 * @param type the type flag
 * @param mode the permission bits
 * @param uid the user
 * @param gid the group
 * @param size the size of the content in bytes
 * @param epochSecond the time of modification in seconds since 1970
 * @param link the target of a link; else empty
 * @param major the major device number
 * @param minor the minor device number
 * @param attributes the extended attributes
 */
record TarHeader(
        String path,
        byte type,
        int mode,
        long uid,
        long gid,
        long size,
        long epochSecond,
        String link,
        int major,
        int minor,
        ExtendedAttributes attributes) {

    private static final int RECORDS_MODE = 0644;

    /** Creates a header without extended attributes. */
    TarHeader(
            String path,
            byte type,
            int mode,
            long uid,
            long gid,
            long size,
            long epochSecond,
            String link,
            int major,
            int minor) {
        this(path, type, mode, uid, gid, size, epochSecond, link, major, minor, ExtendedAttributes.NONE);
    }

    /** Returns the header of a tree node. */
    static TarHeader of(String path, TreeNode node, long epochSecond) throws IOException {
        boolean device = node.kind() == TreeNode.Kind.CHARACTER_DEVICE || node.kind() == TreeNode.Kind.BLOCK_DEVICE;
        return new TarHeader(
                path,
                type(node.kind()),
                node.mode(),
                node.owner().uid(),
                node.owner().gid(),
                node.kind() == TreeNode.Kind.FILE ? node.content().size() : 0,
                epochSecond,
                node.kind() == TreeNode.Kind.SYMLINK ? node.target() : "",
                device ? node.device().major() : 0,
                device ? node.device().minor() : 0,
                node.extendedAttributes());
    }

    /** Returns the header for a further name of a file that was already written under its first name. */
    TarHeader linkedTo(String first) {
        return new TarHeader(path, TarConstants.LF_LINK, mode, uid, gid, 0, epochSecond, first, 0, 0, attributes);
    }

    /** Returns the header for PAX records that precede this header. */
    TarHeader extendedBy(int length) {
        return new TarHeader(
                "PaxHeaders/extended",
                TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                RECORDS_MODE,
                0,
                0,
                length,
                epochSecond,
                "",
                0,
                0);
    }

    private static byte type(TreeNode.Kind kind) {
        return switch (kind) {
            case FILE -> TarConstants.LF_NORMAL;
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case FIFO -> TarConstants.LF_FIFO;
            case CHARACTER_DEVICE -> TarConstants.LF_CHR;
            case BLOCK_DEVICE -> TarConstants.LF_BLK;
        };
    }
}
