package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.delta.TarInsert;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tar twice: whole, and without the entries of some blobs of {@code registry/}. The entries that were left out
 * are recorded, so the whole tar can be created again. Not thread-safe.
 */
final class SplitTar extends OutputStream implements TarEntryListener {
    private static final String BLOBS = "registry/docker/registry/v2/blobs/";
    private static final String DATA = "data";

    private enum Part {
        KEPT,
        HEADER,
        CONTENT
    }

    private final OutputStream whole;
    private final OutputStream kept;
    private final Set<String> leftOut;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private final List<TarInsert> inserts = new ArrayList<>();
    private Part part = Part.KEPT;
    private @Nullable Digest blob;
    private long size;
    private long position;

    /**
     * Creates a stream. The content of an entry that is left out is a blob, which the base has.
     *
     * @param whole receives the whole tar
     * @param kept receives the tar without the blobs
     * @param leftOut the blobs
     */
    SplitTar(OutputStream whole, OutputStream kept, Set<Digest> leftOut) {
        this.whole = whole;
        this.kept = kept;
        this.leftOut = texts(leftOut);
    }

    /** {@return whether the files of a layer have one of the given blobs} */
    static boolean concerns(TreeNode layer, Set<Digest> leftOut) throws IOException {
        TreeNode node = layer;
        for (String name : BLOBS.split("/", -1)) {
            if (name.isEmpty()) {
                break;
            }
            TreeNode child = node.isDirectory() ? node.children().get(name) : null;
            if (child == null) {
                return false;
            }
            node = child;
        }
        return anyBelow(BLOBS, node, texts(leftOut));
    }

    private static Set<String> texts(Set<Digest> digests) {
        return digests.stream().map(Digest::toString).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean anyBelow(String path, TreeNode node, Set<String> leftOut) throws IOException {
        if (!node.isDirectory()) {
            return blob(path.substring(0, path.length() - 1), node, leftOut).isPresent();
        }
        for (var child : node.children().entrySet()) {
            if (anyBelow(path + child.getKey() + "/", child.getValue(), leftOut)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the blob to leave out at a path, which is that of its file or of its directory} */
    private static Optional<Digest> blob(String path, TreeNode node, Set<String> leftOut) throws IOException {
        if (!path.startsWith(BLOBS)) {
            return Optional.empty();
        }
        String[] names = path.substring(BLOBS.length()).split("/", -1);
        boolean isFile = names.length == 4 && names[3].equals(DATA) && isSingle(node);
        boolean isDirectory = names.length == 3 && node.isDirectory() && hasOnlyData(node);
        boolean isBlob = (isFile || isDirectory) && leftOut.contains(names[0] + ":" + names[2]);
        return isBlob ? Optional.of(Digest.parse(names[0] + ":" + names[2])) : Optional.empty();
    }

    private static boolean hasOnlyData(TreeNode directory) throws IOException {
        TreeNode data = directory.children().get(DATA);
        return data != null && directory.children().size() == 1 && isSingle(data);
    }

    /** {@return whether a file has one name, because other names would become links to it} */
    private static boolean isSingle(TreeNode node) {
        return node.kind() == TreeNode.Kind.FILE && node.content().linkIdentity() == null;
    }

    @Override
    public void entry(String path, TreeNode node) throws IOException {
        finishEntry();
        Optional<Digest> found = blob(path, node, leftOut);
        if (found.isPresent()) {
            part = Part.HEADER;
            blob = node.isDirectory() ? null : found.get();
            size = node.isDirectory() ? 0 : node.content().size();
        }
    }

    @Override
    public void content() {
        part = part == Part.HEADER ? Part.CONTENT : part;
    }

    @Override
    public void end() {
        finishEntry();
    }

    private void finishEntry() {
        if (part != Part.KEPT) {
            String text = Base64.getEncoder().encodeToString(header.toByteArray());
            inserts.add(new TarInsert(position, text, blob, size));
            header.reset();
            part = Part.KEPT;
        }
    }

    /** {@return the entries that were left out, after the tar was written} */
    List<TarInsert> inserts() {
        return List.copyOf(inserts);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        whole.write(bytes, offset, length);
        if (part == Part.KEPT) {
            kept.write(bytes, offset, length);
            position += length;
        } else if (part == Part.HEADER) {
            header.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        whole.flush();
        kept.flush();
    }

    @Override
    public void close() throws IOException {
        try (whole) {
            kept.close();
        }
    }
}
