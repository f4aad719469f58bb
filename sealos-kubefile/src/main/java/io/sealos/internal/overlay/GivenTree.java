package io.sealos.internal.overlay;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory of given files, or a single one. Immutable after it was filled. */
final class GivenTree {
    private final SortedMap<String, GivenTree> entries = new TreeMap<>();
    private @Nullable GivenFile file;

    private GivenTree() {}

    /**
     * {@return the directory with the files}
     *
     * @param files the files by paths with slashes, of which none is below another
     */
    static GivenTree of(SortedMap<String, GivenFile> files) {
        GivenTree root = new GivenTree();
        files.forEach((path, file) -> {
            GivenTree at = root;
            for (String name : path.split("/", -1)) {
                at = at.entries.computeIfAbsent(name, it -> new GivenTree());
            }
            at.file = file;
        });
        return root;
    }

    /** {@return the entries by name; none for a file} */
    SortedMap<String, GivenTree> entries() {
        return entries;
    }

    /** {@return the file; null for a directory} */
    @Nullable
    GivenFile file() {
        return file;
    }

    boolean isDirectory() {
        return file == null;
    }
}
