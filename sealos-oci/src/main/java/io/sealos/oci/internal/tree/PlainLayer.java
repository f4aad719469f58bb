package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.FileRange;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.recipe.BaseLayer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tar of a layer of a base image. If it is compressed, it is decompressed into the scratch directory when one of
 * its files is first read, which most builds never do. Two instances are equal if their tars are equal.
 */
final class PlainLayer implements LayerContents {
    /** The files that are kept in memory if they are small, because owners are looked up in them. */
    private static final Set<String> KEPT = Set.of("etc/passwd", "etc/group");

    private static final int MAX_KEPT = 1 << 20;
    /** The end of the path of a file in a registry that contains the digest to which a tag points. */
    private static final String TAG_LINK = "/current/link";

    private static final int MAX_LINK = 256;

    private final BaseLayer layer;
    private final Scratch scratch;
    // The map is only used for lookups.
    private final Map<Long, byte[]> kept = new HashMap<>();
    private @Nullable Path tar;

    PlainLayer(BaseLayer layer, Scratch scratch) {
        this.layer = layer;
        this.scratch = scratch;
    }

    @Override
    public Content of(String path, TarEntry entry, TarEntries entries) throws IOException {
        long offset = entries.position();
        if (isKept(path, entry.size())) {
            kept.put(offset, entries.content().readAllBytes());
        }
        return entry.isSparse()
                ? new SparseContent(this + ":" + path, entry.realSize())
                : new LayerContent(this, path, offset, entry.size());
    }

    private static boolean isKept(String path, long size) {
        return path.endsWith(TAG_LINK) ? size <= MAX_LINK : KEPT.contains(path) && size <= MAX_KEPT;
    }

    synchronized InputStream open(long offset, long size) throws IOException {
        byte[] known = kept.get(offset);
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        if (layer.digest().equals(layer.diffId())) {
            return FileRange.within(layer.open(), offset, size);
        }
        Path plain = tar == null ? makePlain() : tar;
        tar = plain;
        return FileRange.open(plain, offset, size);
    }

    private Path makePlain() throws IOException {
        Path plain = Files.createTempFile(scratch.directory(), "base-", ".tar");
        try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(layer.open()));
                InputStream in = Compression.of(stored).decompress(stored)) {
            Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
        }
        return plain;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlainLayer that && layer.diffId().equals(that.layer.diffId());
    }

    @Override
    public int hashCode() {
        return layer.diffId().hashCode();
    }

    /** {@return the digest of the tar} */
    @Override
    public String toString() {
        return layer.diffId().toString();
    }
}
