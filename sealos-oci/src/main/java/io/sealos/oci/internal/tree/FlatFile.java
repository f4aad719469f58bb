package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.internal.chart.ChartFile;
import java.io.IOException;
import java.util.Optional;

/**
 * A file of a finished image.
 *
 * @param kind its kind
 * @param mode the permission bits with setuid, setgid and sticky
 * @param owner the user and group
 * @param size the size of the content in bytes; 0 if it has none
 * @param digest the SHA-256 of the content of a file; empty for others
 * @param target the target of a link, or the numbers of a device; empty for others
 * @param layer the position of the layer that contains it, from 1; 0 for a directory
 * @param chart the chart that it contains, if it is below {@code charts/}
 */
public record FlatFile(
        TreeNode.Kind kind,
        int mode,
        Owner owner,
        long size,
        Optional<Digest> digest,
        String target,
        int layer,
        Optional<ChartFile> chart) {
    static FlatFile of(String path, TreeNode node, int layer) throws IOException {
        if (node.kind() == TreeNode.Kind.FILE) {
            HashedContent content = HashedContent.of(path, node.content());
            return new FlatFile(
                    node.kind(),
                    node.mode(),
                    node.owner(),
                    content.size(),
                    Optional.of(content.digest()),
                    "",
                    layer,
                    Optional.ofNullable(content.chart()));
        }
        return new FlatFile(
                node.kind(), node.mode(), node.owner(), 0, Optional.empty(), target(node), layer, Optional.empty());
    }

    private static String target(TreeNode node) {
        return switch (node.kind()) {
            case SYMLINK -> node.target();
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                node.device().major() + ":" + node.device().minor();
            case FILE, DIRECTORY, FIFO -> "";
        };
    }
}
