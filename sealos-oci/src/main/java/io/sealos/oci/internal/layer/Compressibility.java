package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.tree.Content;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;

/** Weighs a layer: does at least half of it consist of bytes that no compression makes smaller? */
final class Compressibility {
    /** Smaller files weigh too little to be opened for a look. */
    private static final long LOOK = 1 << 14;

    private static final String[] MAGIC = {
        "1f8b", "28b52ffd", "fd377a585a00", "425a68", "504b0304", "89504e47", "ffd8ff", "04224d18", "377abcaf"
    };

    private long compressible;
    private long dense;

    private Compressibility() {}

    static boolean isWorthwhile(TreeNode root) throws IOException {
        Compressibility weighed = new Compressibility();
        weighed.weigh(root, "");
        return weighed.compressible > weighed.dense;
    }

    private void weigh(TreeNode node, String path) throws IOException {
        if (node.isDirectory()) {
            for (Map.Entry<String, TreeNode> child : node.children().entrySet()) {
                weigh(child.getValue(), path + "/" + child.getKey());
            }
        } else if (node.kind() == TreeNode.Kind.FILE) {
            Content content = node.content();
            if (content.size() >= LOOK && (isRegistryBlob(path) || startsDense(content))) {
                dense += content.size();
            } else {
                compressible += content.size();
            }
        }
    }

    private static boolean isRegistryBlob(String path) {
        return path.contains("/docker/registry/v2/blobs/sha256/") || path.contains("/blobs/sha256/");
    }

    private static boolean startsDense(Content content) throws IOException {
        byte[] start;
        try (InputStream in = content.open()) {
            start = in.readNBytes(6);
        }
        String hex = HexFormat.of().formatHex(start);
        for (String magic : MAGIC) {
            if (hex.startsWith(magic)) {
                return true;
            }
        }
        return false;
    }
}
