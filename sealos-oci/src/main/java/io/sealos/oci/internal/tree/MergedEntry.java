package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Count;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * An entry of one of the images that are merged.
 *
 * @param image the position of the image
 * @param description its kind, attributes, and size and digest or target, such as {@code file, 3 bytes, sha256:…, 0644,
 *     0:0}
 */
public record MergedEntry(int image, String description) {
    private static final long MAX_TEXT = 4096;

    static MergedEntry of(int image, TreeNode node) throws IOException {
        String attributes = String.format(
                Locale.ROOT,
                ", %04o, %d:%d",
                node.mode(),
                node.owner().uid(),
                node.owner().gid());
        String extended = node.knownAttributes().isEmpty() ? "" : ", extended attributes " + node.knownAttributes();
        return new MergedEntry(image, value(node) + attributes + extended);
    }

    private static String value(TreeNode node) throws IOException {
        return switch (node.kind()) {
            case DIRECTORY -> "directory";
            case FILE -> "file, " + Count.of(node.content().size(), "byte") + ", " + digest(node.content());
            case SYMLINK -> "link to " + node.target();
            default -> node.kind().toString().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + node.device();
        };
    }

    /** {@return an entry with the text of a small file, or with its description if it is something else} */
    static MergedEntry ofText(int image, TreeNode node) throws IOException {
        if (node.kind() != TreeNode.Kind.FILE || node.content().size() > MAX_TEXT) {
            return of(image, node);
        }
        try (InputStream in = node.content().open()) {
            return new MergedEntry(image, new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    private static String digest(Content content) throws IOException {
        if (content.identity() == null) {
            return "sparse";
        }
        MessageDigest hash = Digests.start("sha256");
        try (InputStream in = new DigestInputStream(content.open(), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digests.finish("sha256", hash).toString();
    }
}
