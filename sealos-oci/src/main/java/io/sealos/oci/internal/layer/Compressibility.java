package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.tree.Content;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Decides whether to compress a layer. It is compressed if at most half of its bytes look random, that is, all values
 * are about equally frequent. The calculation uses integers, so the result is the same on every platform.
 */
final class Compressibility {
    /** The minimum size of the files that are sampled, in bytes. */
    private static final long LOOK = 1 << 14;

    private static final int SAMPLES = 4;
    private static final int SAMPLE = 1 << 12;
    /**
     * The limit for the inverse of the probability that two bytes are equal. The inverse is 256 for random bytes, and
     * much lower for text, code and tables.
     */
    private static final int RANDOM = 240;

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
            long size = node.content().size();
            long found = size < LOOK ? 0 : isRegistryBlob(path) ? size : denseBytes(node.content());
            dense += found;
            compressible += size - found;
        }
    }

    private static boolean isRegistryBlob(String path) {
        return path.contains("/blobs/sha256/");
    }

    private static long denseBytes(Content content) throws IOException {
        long part = content.size() / SAMPLES;
        int denseSamples = 0;
        try (InputStream in = content.open()) {
            for (int i = 0; i < SAMPLES; i++) {
                byte[] sample = in.readNBytes(SAMPLE);
                denseSamples += looksRandom(sample) ? 1 : 0;
                in.skipNBytes(part - sample.length);
            }
        } catch (EOFException e) {
            // The file became shorter, which the writer will report.
            return 0;
        }
        return part * denseSamples;
    }

    static boolean looksRandom(byte[] sample) {
        long[] counts = new long[256];
        for (byte value : sample) {
            counts[value & 0xff]++;
        }
        long equalPairs = 0;
        for (long count : counts) {
            equalPairs += count * (count - 1);
        }
        return equalPairs * RANDOM < (long) sample.length * (sample.length - 1);
    }
}
