package io.sealos.oci.internal.layout;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.ProcessLock;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.layer.EarlierLayers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
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
