package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.internal.chart.ChartFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param charts the chart that it contains if it may be one, followed by the charts in it; empty for other files
 * @param place the place from which the content was read; empty for others than files
 */
public record FlatFile(
        TreeNode.Kind kind,
        int mode,
        Owner owner,
        long size,
        Optional<Digest> digest,
        String target,
        int layer,
        List<ChartFile> charts,
        String place) {
    public FlatFile {
        charts = List.copyOf(charts);
    }

    /** {@return the chart that it contains} */
    public Optional<ChartFile> chart() {
        return charts.stream().findFirst();
    }

    /** {@return a file} Its content was read with its layer, or later. */
    static FlatFile of(TreeNode node, @Nullable HashedContent readLater, int layer) {
        boolean hashed = node.kind() == TreeNode.Kind.FILE && node.content() instanceof HashedContent;
        HashedContent content = hashed ? (HashedContent) node.content() : readLater;
        if (content != null) {
            return new FlatFile(
                    node.kind(),
                    node.mode(),
                    node.owner(),
                    content.size(),
                    Optional.of(content.digest()),
                    "",
                    layer,
                    content.charts(),
                    content.place());
        }
        return new FlatFile(
                node.kind(), node.mode(), node.owner(), 0, Optional.empty(), target(node), layer, List.of(), "");
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
