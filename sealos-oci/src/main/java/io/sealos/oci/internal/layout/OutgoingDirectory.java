package io.sealos.oci.internal.layout;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.ProcessLock;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layer.LayerSet;
import io.sealos.oci.internal.layer.LayerSizes;
import io.sealos.oci.internal.layer.LayerWriter;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.recipe.BaseLayer;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory for the blobs of an image that is to be sent. The blobs of the last transfer to a destination are kept,
 * so an interrupted transfer can continue, and unchanged layers need not be created again. They are deleted two weeks
 * after the last transfer. If another build is sending to the same destination, or if nothing may be reused, the
 * directory is deleted on close.
 */
public final class OutgoingDirectory implements AutoCloseable {
    private static final Duration UNUSED = Duration.ofDays(14);

    private final Staging staging;
    private final @Nullable ProcessLock kept;
    private final Path blobs;

    private OutgoingDirectory(Staging staging, @Nullable ProcessLock kept, Path blobs) {
        this.staging = staging;
        this.kept = kept;
        this.blobs = blobs;
    }

    /**
     * Opens the directory for a destination, or a temporary one if another build uses it.
     *
     * @param destination the name of the destination
     * @param parent the directory of all such directories
     */
    public static OutgoingDirectory keptFor(String destination, Path parent) throws IOException {
        Path directory = Files.createDirectories(parent.resolve(name(destination)));
        Optional<ProcessLock> lock = ProcessLock.tryCreate(directory.resolve(TemporaryDirectory.LOCK));
        if (lock.isEmpty()) {
            return passing(parent);
        }
        try {
            lock.get().touch();
            TemporaryDirectory.deleteAbandoned(directory, "", UNUSED);
            Path blobs = Files.createDirectories(directory.resolve("blobs"));
            return new OutgoingDirectory(Staging.in(directory, "write", parent), lock.get(), blobs);
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    /** Creates a temporary directory. */
    public static OutgoingDirectory passing(Path parent) throws IOException {
        Staging staging = Staging.in(parent, "passing");
        return new OutgoingDirectory(staging, null, staging.blobs());
    }

    private static String name(String destination) {
        return Digests.sha256(destination).hex();
    }

    /** Writes the blobs of the image, except for layers that are still available from the last transfer. */
    public WrittenImage write(ImageRequest request) throws IOException {
        EarlierLayers earlier = kept == null
                ? EarlierLayers.NONE
                : EarlierLayers.in(request.layers().records(), blobs);
        WrittenImage image = ImageWriter.write(request, staging, earlier);
        if (kept != null) {
            keepOnly(image);
            image.manifests().forEach(manifest -> earlier.remember(manifest.layers()));
        }
        return image;
    }

    /**
     * Writes layers that are copied into an image later.
     *
     * @param createdEpochSecond the time of the files, in seconds since 1970
     * @return the layers in the order of the steps
     */
    public List<ScannedLayer> writeLayers(
            List<PlannedStep> steps, LayerOptions options, long createdEpochSecond, BuildListener listener)
            throws IOException {
        LayerWriter writer = new LayerWriter(
                blobs,
                staging.output(),
                options,
                createdEpochSecond,
                EarlierLayers.NONE,
                listener,
                ContentDigests.NONE);
        long size = PhaseRun.total(LayerSizes.of(steps, List.of()).stream().mapToLong(Long::longValue));
        try (PhaseRun phase = PhaseRun.start(listener, BuildPhase.LAYERS, steps.size(), size)) {
            List<LayerBlob> layers = LayerSet.write(steps, writer, Optional.ofNullable(options.executor()));
            phase.complete();
            return layers.stream().map(OutgoingDirectory::copied).toList();
        }
    }

    private static ScannedLayer copied(LayerBlob layer) {
        BaseLayer stored =
                new BaseLayer(layer.digest(), layer.diffId(), layer.size(), () -> Files.newInputStream(layer.file()));
        Compression compression = Compression.named(layer.mediaType());
        return new ScannedLayer(stored, compression, layer.uncompressedSize(), layer.description());
    }

    /** Returns a directory for files that are needed until this one is closed. */
    public Path scratch() throws IOException {
        return staging.scratch();
    }

    /** Returns the directory of the blobs, which are named by the hex digits of their digests. */
    public Path blobs() {
        return blobs;
    }

    /** Returns the path of a temporary file, which is deleted on close. */
    public Path file(String name) {
        return staging.file(name);
    }

    private void keepOnly(WrittenImage image) throws IOException {
        Set<String> used = new HashSet<>();
        image.manifests()
                .forEach(manifest -> manifest.layers()
                        .forEach(layer -> used.add(layer.digest().hex())));
        try (DirectoryStream<Path> made = Files.newDirectoryStream(staging.blobs())) {
            for (Path blob : made) {
                used.add(String.valueOf(blob.getFileName()));
                AtomicFile.move(blob, blobs.resolve(blob.getFileName()));
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(blobs)) {
            for (Path blob : all) {
                if (!used.contains(String.valueOf(blob.getFileName()))) {
                    Files.delete(blob);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            staging.close();
        } finally {
            if (kept != null) {
                kept.close();
            }
        }
    }
}
