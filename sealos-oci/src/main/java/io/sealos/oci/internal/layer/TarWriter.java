package io.sealos.oci.internal.layer;

import io.sealos.internal.files.PlacedException;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.read.ExtendedAttributes;
import io.sealos.oci.internal.tree.Content;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as a tar. Entries are sorted by name, and have the same time and no user names. PAX headers are only
 * used if necessary.
 */
final class TarWriter {
    private static final int BLOCK = TarHeaders.BLOCK;
    private static final int BUFFER = 1 << 18;

    private final OutputStream out;
    private final long epochSecond;
    private final LongConsumer onRead;
    private final TarEntryListener entries;
    private final ContentDigests digests;
    private final TarHeaders headers = new TarHeaders();
    private final byte[] buffer = new byte[BUFFER];
    // The map is only used for lookups, so its order does not affect the output.
    private final Map<Object, String> links = new HashMap<>();
    private long done;

    /**
     * Creates a writer.
     *
     * @param onRead called with the number of bytes of files so far, in which a further name of a file counts, too
     */
    TarWriter(OutputStream out, long epochSecond, LongConsumer onRead) {
        this(out, epochSecond, onRead, TarEntryListener.NONE, ContentDigests.NONE);
    }

    TarWriter(
            OutputStream out, long epochSecond, LongConsumer onRead, TarEntryListener entries, ContentDigests digests) {
        this.entries = entries;
        this.digests = digests;
        this.out = out;
        this.epochSecond = epochSecond;
        this.onRead = onRead;
    }

    void write(TreeNode root) throws IOException {
        if (!root.isImplied()) {
            headers.write(header("./", root), out);
        }
        children(root, "");
        entries.end();
        out.write(new byte[2 * BLOCK]);
    }

    private void children(TreeNode directory, String prefix) throws IOException {
        for (Map.Entry<String, TreeNode> child : directory.children().entrySet()) {
            node(prefix + child.getKey(), child.getValue());
        }
    }

    private void node(String path, TreeNode node) throws IOException {
        if (!node.isDirectory()) {
            leaf(path, node);
            return;
        }
        if (!node.isImplied()) {
            entries.entry(path, node);
            headers.write(header(path + "/", node), out);
        }
        children(node, path + "/");
    }

    private void leaf(String path, TreeNode node) throws IOException {
        TarHeader header = header(path, node);
        String first = node.kind() == TreeNode.Kind.FILE ? firstName(header, node.content()) : null;
        entries.entry(path, node);
        headers.write(first == null ? header : header.linkedTo(first), out);
        if (node.kind() == TreeNode.Kind.FILE) {
            if (first == null) {
                entries.content();
                content(path, node.content());
            }
            done += node.content().size();
            onRead.accept(done);
        }
    }

    private TarHeader header(String path, TreeNode node) throws IOException {
        return TarHeader.of(path, node, epochSecond);
    }

    // Hard links must have the same attributes. Names with different attributes are written as separate files.
    private @Nullable String firstName(TarHeader header, Content content) {
        Object identity = content.linkIdentity();
        return identity == null
                ? null
                : links.putIfAbsent(
                        new LinkKey(identity, header.mode(), header.uid(), header.gid(), header.attributes()),
                        header.path());
    }

    private record LinkKey(Object identity, int mode, long uid, long gid, ExtendedAttributes attributes) {}

    // Contents are not written through the library, which would write them in blocks of 512 bytes.
    private void content(String path, Content content) throws IOException {
        long copied = 0;
        MessageDigest hash = digests.start(path);
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > content.size()) {
                    break;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while /" + path + " was written");
                }
                if (hash != null) {
                    hash.update(buffer, 0, read);
                }
                out.write(buffer, 0, read);
                onRead.accept(done + copied);
            }
        }
        requireUnchanged(path, content, copied);
        digests.finish(content, hash);
        out.write(new byte[(int) ((BLOCK - copied % BLOCK) % BLOCK)]);
    }

    private static void requireUnchanged(String path, Content content, long copied) throws IOException {
        if (copied != content.size()) {
            throw PlacedException.at(
                    content.place(),
                    " changed while it was read for /" + path + ": it had " + Count.of(content.size(), "byte")
                            + " before; build again when nothing writes to it");
        }
        if (content.hasChanged()) {
            throw PlacedException.at(
                    content.place(),
                    " changed while it was read for /" + path + "; build again when nothing writes to it");
        }
    }
}
