package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.tree.Content;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Writes a tree as a tar: sorted, one time for all, no names of users, PAX headers only where needed. */
final class TarWriter {
    private static final int BLOCK = TarHeaders.BLOCK;
    private static final int BUFFER = 1 << 18;

    private final OutputStream out;
    private final long epochSecond;
    private final TarHeaders headers = new TarHeaders();
    private final byte[] buffer = new byte[BUFFER];
    // Only looked up by key, so its order reaches nothing.
    private final Map<Object, String> links = new HashMap<>();

    TarWriter(OutputStream out, long epochSecond) {
        this.out = out;
        this.epochSecond = epochSecond;
    }

    void write(TreeNode root) throws IOException {
        if (!root.isImplied()) {
            header(entry("./", root));
        }
        children(root, "");
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
            header(entry(path + "/", node));
        }
        children(node, path + "/");
    }

    private void leaf(String path, TreeNode node) throws IOException {
        TarArchiveEntry entry = entry(path, node);
        if (node.kind() != TreeNode.Kind.FILE) {
            header(entry);
            return;
        }
        String first = firstName(path, node);
        if (first == null) {
            entry.setSize(node.content().size());
            header(entry);
            content(path, node.content());
        } else {
            TarArchiveEntry link = attributes(new TarArchiveEntry(path, TarConstants.LF_LINK, true), node);
            link.setLinkName(first);
            header(link);
        }
    }

    // Names of one file share mode and owner, else they are files of their own.
    private @Nullable String firstName(String path, TreeNode node) {
        Object identity = node.content().linkIdentity();
        return identity == null ? null : links.putIfAbsent(new LinkKey(identity, node.mode(), node.owner()), path);
    }

    private record LinkKey(Object identity, int mode, Object owner) {}

    private TarArchiveEntry entry(String path, TreeNode node) {
        TarArchiveEntry entry = attributes(new TarArchiveEntry(path, type(node.kind()), true), node);
        if (node.kind() == TreeNode.Kind.SYMLINK) {
            entry.setLinkName(node.target());
        }
        if (node.kind() == TreeNode.Kind.CHARACTER_DEVICE || node.kind() == TreeNode.Kind.BLOCK_DEVICE) {
            entry.setDevMajor(node.device().major());
            entry.setDevMinor(node.device().minor());
        }
        return entry;
    }

    private TarArchiveEntry attributes(TarArchiveEntry entry, TreeNode node) {
        entry.setMode(node.mode());
        entry.setUserId(node.owner().uid());
        entry.setGroupId(node.owner().gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(epochSecond * 1000L);
        return entry;
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

    // Contents go past the library, because it would cut them into blocks of 512 bytes.
    private void header(TarArchiveEntry entry) throws IOException {
        headers.write(entry, out);
    }

    private void content(String path, Content content) throws IOException {
        long copied = 0;
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > content.size()) {
                    break;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while /" + path + " was written");
                }
                out.write(buffer, 0, read);
            }
        }
        if (copied != content.size()) {
            throw new IOException(content.place() + " changed while it was read for /" + path + ": it had "
                    + content.size() + " bytes before; build again when nothing writes to it");
        }
        out.write(new byte[(int) ((BLOCK - copied % BLOCK) % BLOCK)]);
    }
}
