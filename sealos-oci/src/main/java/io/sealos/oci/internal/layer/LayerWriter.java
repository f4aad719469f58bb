package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.internal.files.PlacedProblem;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes layers. The tar, the diffID, the digest and the file of a layer are created in one pass. */
public final class LayerWriter {
    private final Path blobs;
    private final Path output;
    private final LayerOptions options;
    private final long epochSecond;
    private final EarlierLayers earlier;
    private final BuildListener listener;
    private final ContentDigests digests;
    private final AtomicInteger written = new AtomicInteger();

    /**
     * Creates a writer.
     *
     * @param blobs the directory of the blobs, which are named by the hex digits of their digest
     * @param output the output for messages
     * @param digests gets the digests of the contents that are written
     */
    public LayerWriter(
            Path blobs,
            Path output,
            LayerOptions options,
            long epochSecond,
            EarlierLayers earlier,
            BuildListener listener,
            ContentDigests digests) {
        this.blobs = blobs;
        this.output = output;
        this.options = options;
        this.epochSecond = epochSecond;
        this.earlier = earlier;
        this.listener = listener;
        this.digests = digests;
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
        try (PackedTar packed = PackedTar.of(open(file), storage, pool, earlier.chunks(step.description()))) {
            report.started(packed::stored);
            try (OutputStream out = packed.out()) {
                new TarWriter(out, epochSecond, report::read, TarEntryListener.NONE, digests).write(layer);
            }
            return packed.layer(file, step.description());
        } catch (IOException e) {
            throw located(step, e);
        }
    }

    /** Writes the layer of a step without the given blobs, and computes the digests of the whole layer. */
    SplitLayer split(PlannedStep step, WorkPool pool, Set<Digest> leftOut) throws IOException {
        TreeNode layer = step.requireLayer();
        if (!SplitTar.concerns(layer, leftOut)) {
            return SplitLayer.unchanged(write(step, pool));
        }
        Path file = blobs.resolve("layer-" + written.incrementAndGet() + ".part");
        SplitLayer split = split(step, file, pool, leftOut);
        Path named = blobs.resolve(split.kept().digest().hex());
        Files.move(file, named, StandardCopyOption.REPLACE_EXISTING);
        return new SplitLayer(split.whole(), split.kept().movedTo(named), split.inserts());
    }

    private SplitLayer split(PlannedStep step, Path file, WorkPool pool, Set<Digest> leftOut) throws IOException {
        TreeNode layer = step.requireLayer();
        Storage storage = storage(step, layer);
        LayerReport report = new LayerReport(listener, step.description(), LayerSizes.of(layer));
        try (PackedTar whole = PackedTar.of(OutputStream.nullOutputStream(), storage, pool, null);
                PackedTar kept = PackedTar.of(open(file), storage, pool, null)) {
            report.started(kept::stored);
            SplitTar split = new SplitTar(whole.out(), kept.out(), leftOut);
            try (split) {
                new TarWriter(split, epochSecond, report::read, split, digests).write(layer);
            }
            LayerBlob reduced = report.finished(kept.layer(file, step.description()));
            return new SplitLayer(whole.layer(file, step.description()), reduced, split.inserts());
        } catch (IOException e) {
            throw located(step, e);
        }
    }

    private IOException located(PlannedStep step, IOException e) {
        // The message about a full disk names no file, or the temporary one.
        boolean isLocated = e instanceof FileSystemException && !NotWrittenException.isFullDisk(e);
        return e instanceof InterruptedIOException || e instanceof PlacedProblem || isLocated
                ? e
                : NotWrittenException.of("", output, step.description(), e);
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
