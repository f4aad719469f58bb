package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Creates a tree of virtual files; null if there are none. */
public final class VirtualTree {
    static final int FILE_MODE = 0644;

    private VirtualTree() {}

    public static @Nullable TreeNode of(Collection<? extends VirtualFile> files) throws IOException {
        if (files.isEmpty()) {
            return null;
        }
        TreeNode root = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        for (VirtualFile file : files) {
            insert(root, file);
        }
        return root;
    }

    /** Creates a tree of files with the given contents. */
    public static TreeNode ofBytes(SortedMap<String, byte[]> files) throws IOException {
        return Objects.requireNonNull(of(files.entrySet().stream()
                .map(file -> new BytesFile(file.getKey(), file.getValue()))
                .toList()));
    }

    private static final class BytesFile implements VirtualFile {
        private final String path;
        private final byte[] bytes;

        BytesFile(String path, byte[] bytes) {
            this.path = path;
            this.bytes = bytes;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private static void insert(TreeNode root, VirtualFile file) throws IOException {
        List<String> names = TreePath.clean(file.path());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a virtual file has no path: '" + file.path() + "'");
        }
        TreeNode directory = root;
        for (String name : names.subList(0, names.size() - 1)) {
            TreeNode next = directory
                    .children()
                    .computeIfAbsent(name, missing -> TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT));
            if (!next.isDirectory()) {
                throw new IllegalArgumentException("the virtual file '" + file.path() + "' lies below another one");
            }
            directory = next;
        }
        directory
                .children()
                .put(names.get(names.size() - 1), TreeNode.file(FILE_MODE, TreeNode.ROOT, new VirtualContent(file)));
    }
}
