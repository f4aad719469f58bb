package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.recipe.BaseLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** Reads a layer of a finished image once, and verifies its diffID. */
final class LayerScan {
    private final BaseLayer layer;
    private final PlainLayer plain;

    LayerScan(BaseLayer layer, PlainLayer plain) {
        this.layer = layer;
        this.plain = plain;
    }

    /** Reads the layer and applies it to the files of the layers below. */
    ScannedLayer read(TreeNode below, String description) throws IOException {
        try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(layer.open()))) {
            ReadLayer read = read(stored, Compression.of(stored), below, description, plain);
            LayerOverlay.lay(read.entries().root(), below);
            return read.layer();
        }
    }

    /**
     * Reads the entries of the layer above the tree of the lower layers, which is not changed. The contents of a tar
     * that is not compressed are skipped. Its diffID is also its digest, which is compared when the layer is copied.
     */
    ReadLayer readEntries(TreeNode below, String description) throws IOException {
        return readEntries(below, description, plain);
    }

    /** Reads the entries of the layer with contents of another kind. */
    ReadLayer readEntries(TreeNode below, String description, LayerContents contents) throws IOException {
        try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(layer.open()))) {
            Compression compression = Compression.of(stored);
            if (compression != Compression.NONE || !layer.digest().equals(layer.diffId())) {
                return read(stored, compression, below, description, contents);
            }
            LayerTree entries = LayerTree.read(TarEntries.ofFile(stored), contents, below);
            return new ReadLayer(new ScannedLayer(layer, compression, layer.size(), description), entries);
        }
    }

    private ReadLayer read(
            BufferedInputStream stored,
            Compression compression,
            TreeNode below,
            String description,
            LayerContents contents)
            throws IOException {
        String algorithm = layer.diffId().algorithm();
        MessageDigest hash = Digests.start(algorithm);
        try (CountedInput counted = new CountedInput(new DigestInputStream(compression.decompress(stored), hash));
                InputStream buffered = Compression.buffered(counted)) {
            LayerTree entries = LayerTree.read(new TarEntries(buffered), contents, below);
            // The diffID includes the bytes after the end of the archive.
            buffered.transferTo(OutputStream.nullOutputStream());
            compare(Digests.finish(algorithm, hash));
            return new ReadLayer(new ScannedLayer(layer, compression, counted.count(), description), entries);
        }
    }

    private void compare(Digest found) throws IOException {
        if (!found.equals(layer.diffId())) {
            throw new IOException("its diffID is " + found + ", the configuration says " + layer.diffId());
        }
    }
}
