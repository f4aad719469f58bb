package io.sealos.oci.internal.layer;

import io.sealos.oci.LayerCompression;
import io.sealos.oci.internal.read.ExtendedAttributes;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes a digest of everything on which the bytes of a layer depend. Contents are represented by their identity and
 * not read.
 */
final class LayerInputs {
    /** The version of this format. It must be increased when the same inputs result in other bytes. */
    private static final int FORMAT = 4;

    /** The version of the format and of the library. Layers of other versions are not reused. */
    static final String VERSION = FORMAT + " " + LayerInputs.class.getPackage().getImplementationVersion();

    private static final int WORTH_HASHING = 1 << 16;

    private final DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream());
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(2 * WORTH_HASHING);
    private final DataOutputStream out = new DataOutputStream(gathered);

    private LayerInputs() {}

    /** Returns the digest; null if a content could change unnoticed. */
    static @Nullable String digest(TreeNode layer, LayerCompression compression, long epochSecond) throws IOException {
        LayerInputs inputs = new LayerInputs();
        inputs.out.writeUTF(VERSION);
        inputs.out.writeUTF(compression.name());
        inputs.out.writeLong(epochSecond);
        boolean known = inputs.add("", layer);
        inputs.hashGathered();
        return known ? inputs.hash.digest().hex() : null;
    }

    private void hashGathered() throws IOException {
        hash.write(gathered.toByteArray());
        gathered.reset();
    }

    private boolean add(String name, TreeNode node) throws IOException {
        text(name);
        out.writeInt(node.kind().name().hashCode());
        out.writeBoolean(node.isImplied());
        out.writeInt(node.mode());
        out.writeLong(node.owner().uid());
        out.writeLong(node.owner().gid());
        attributes(node.knownAttributes());
        return switch (node.kind()) {
            case DIRECTORY -> children(node);
            case FILE -> content(node);
            case SYMLINK -> text(node.target());
            case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> device(node);
        };
    }

    private void attributes(ExtendedAttributes attributes) throws IOException {
        out.writeInt(attributes.values().size());
        for (Map.Entry<String, String> attribute : attributes.values().entrySet()) {
            text(attribute.getKey());
            text(attribute.getValue());
        }
    }

    private boolean children(TreeNode directory) throws IOException {
        out.writeInt(directory.children().size());
        for (Map.Entry<String, TreeNode> child : directory.children().entrySet()) {
            if (!add(child.getKey(), child.getValue())) {
                return false;
            }
            if (gathered.size() >= WORTH_HASHING) {
                hashGathered();
            }
        }
        return true;
    }

    private boolean content(TreeNode file) throws IOException {
        String identity = file.content().identity();
        if (identity == null) {
            return false;
        }
        out.writeLong(file.content().size());
        out.writeBoolean(file.content().linkIdentity() != null);
        return text(identity);
    }

    private boolean device(TreeNode node) throws IOException {
        out.writeInt(node.device().major());
        out.writeInt(node.device().minor());
        return true;
    }

    // Names and targets may exceed the limit of writeUTF.
    private boolean text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        return true;
    }
}
