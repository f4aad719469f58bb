package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Makes tar, diffID, digest and file of a layer in one pass. */
public final class LayerWriter {
    private static final int BUFFER = 1 << 16;
    /** Close to the size of level 6 in half its time. */
    private static final int GZIP_LEVEL = 4;

    private final Path blobs;
    private final LayerCompression compression;
    private final long epochSecond;
    private final AtomicInteger written = new AtomicInteger();

    /** Blobs get the hex digits of their digest as name. */
    public LayerWriter(Path blobs, LayerCompression compression, long epochSecond) {
        this.blobs = blobs;
        this.compression = compression;
        this.epochSecond = epochSecond;
    }

    public LayerBlob write(PlannedStep step, TreeNode layer) throws IOException {
        Path file = blobs.resolve("layer-" + written.incrementAndGet() + ".part");
        LayerBlob blob = write(step, layer, file);
        Path named = blobs.resolve(blob.digest().hex());
        Files.move(file, named, StandardCopyOption.REPLACE_EXISTING);
        return blob.movedTo(named);
    }

    private LayerBlob write(PlannedStep step, TreeNode layer, Path file) throws IOException {
        try {
            return compresses(layer) ? gzip(step, layer, file) : plain(step, layer, file);
        } catch (FileSystemException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // A full disk says so, but not where.
            throw new IOException(step.description() + ": " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean compresses(TreeNode layer) throws IOException {
        return switch (compression) {
            case NONE -> false;
            case GZIP -> true;
            case BY_CONTENT -> Compressibility.isWorthwhile(layer);
        };
    }

    private LayerBlob plain(PlannedStep step, TreeNode layer, Path file) throws IOException {
        HashingOutput tar = new HashingOutput(open(file));
        try (OutputStream out = new BufferedOutputStream(tar, BUFFER)) {
            new TarWriter(out, epochSecond).write(layer);
        }
        Digest digest = tar.digest();
        return new LayerBlob(file, digest, tar.count(), digest, tar.count(), MediaTypes.OCI_LAYER, step.description());
    }

    private LayerBlob gzip(PlannedStep step, TreeNode layer, Path file) throws IOException {
        HashingOutput stored = new HashingOutput(open(file));
        HashingOutput tar;
        try (OutputStream gzip = new FixedGzip(stored)) {
            tar = new HashingOutput(gzip);
            OutputStream out = new BufferedOutputStream(tar, BUFFER);
            new TarWriter(out, epochSecond).write(layer);
            out.flush();
        }
        return new LayerBlob(
                file,
                stored.digest(),
                stored.count(),
                tar.digest(),
                tar.count(),
                MediaTypes.OCI_LAYER_GZIP,
                step.description());
    }

    private static OutputStream open(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /** Its header has no time, no name and no operating system; since Java 16 the platform writes it so. */
    private static final class FixedGzip extends GZIPOutputStream {
        FixedGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(GZIP_LEVEL);
        }
    }
}
