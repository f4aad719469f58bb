package io.sealos.oci.internal.layer;

import io.sealos.internal.files.NotWrittenException;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import io.sealos.oci.internal.work.WorkPool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes layers. The tar, the diffID, the digest and the file of a layer are created in one pass. */
public final class LayerWriter {
    private static final int BUFFER = 1 << 16;

    private final Path blobs;
    private final Path output;
    private final LayerOptions options;
    private final long epochSecond;
    private final EarlierLayers earlier;
    private final BuildListener listener;
    private final AtomicInteger written = new AtomicInteger();

    /**
     * Creates a writer.
     *
     * @param blobs the directory of the blobs, which are named by the hex digits of their digest
     * @param output the output for messages
     */
    public LayerWriter(
            Path blobs,
            Path output,
            LayerOptions options,
            long epochSecond,
            EarlierLayers earlier,
            BuildListener listener) {
        this.blobs = blobs;
        this.output = output;
        this.options = options;
        this.epochSecond = epochSecond;
        this.earlier = earlier;
        this.listener = listener;
    }

    /** Writes the layer of a step, or returns the layer of an earlier build if its inputs have not changed. */
    LayerBlob write(PlannedStep step, WorkPool pool) throws IOException {
        TreeNode layer = Objects.requireNonNull(step.layer(), "layer");
        String inputs =
                earlier.areRecorded() ? LayerInputs.digest(layer, options.compressionOf(step), epochSecond) : null;
        LayerBlob found = inputs == null ? null : earlier.find(inputs, step.description());
        LayerReport report = new LayerReport(listener, step.description(), LayerSizes.of(layer));
        return found == null ? report.finished(make(step, pool, report).madeFrom(inputs)) : report.reused(found);
    }

    private LayerBlob make(PlannedStep step, WorkPool pool, LayerReport report) throws IOException {
        Path file = blobs.resolve("layer-" + written.incrementAndGet() + ".part");
        LayerBlob blob = write(step, file, pool, report);
        Path named = blobs.resolve(blob.digest().hex());
        Files.move(file, named, StandardCopyOption.REPLACE_EXISTING);
        return blob.movedTo(named);
    }

    private LayerBlob write(PlannedStep step, Path file, WorkPool pool, LayerReport report) throws IOException {
        TreeNode layer = step.requireLayer();
        Storage storage = storage(step, layer);
        try (DigestingOutputStream stored = new DigestingOutputStream(open(file))) {
            report.started(stored::count);
            OutputStream packed = storage.around(stored, pool, earlier.chunks(step.description()));
            DigestingOutputStream tar = packed == stored ? stored : new DigestingOutputStream(packed);
            try (OutputStream out = new BufferedOutputStream(tar, BUFFER)) {
                new TarWriter(out, epochSecond, report::read).write(layer);
            }
            LayerBlob blob = LayerBlob.of(file, storage, stored, tar, step.description());
            return packed instanceof ChunkedGzip gzip ? blob.madeOf(gzip.chunks()) : blob;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // The message about a full disk names no file, or the temporary one.
            throw e instanceof FileSystemException && !NotWrittenException.isFullDisk(e)
                    ? e
                    : NotWrittenException.of(step.description() + ": ", output, e);
        }
    }

    private Storage storage(PlannedStep step, TreeNode layer) throws IOException {
        return switch (options.compressionOf(step)) {
            case NONE -> Storage.PLAIN;
            case GZIP -> Storage.GZIP;
            case ZSTD -> Storage.ZSTD;
            case BY_CONTENT -> Compressibility.isWorthwhile(layer) ? Storage.GZIP : Storage.PLAIN;
        };
    }

    private static OutputStream open(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
}
