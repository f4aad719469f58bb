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
 * Where the blobs of an image are made that is sent somewhere. What was made for a destination last is kept, so that a
 * broken transfer goes on, and an unchanged layer is not made again; it is deleted when nothing was sent there for two
 * weeks. Where another build is sending to the same destination, and where nothing may be reused, nothing is kept.
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
     * A directory to work in.
     *
     * @param destination whatever names it
     * @param parent of all such directories
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
            return new OutgoingDirectory(Staging.in(directory, "write"), lock.get(), blobs);
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    /** A directory that is gone afterwards. */
    public static OutgoingDirectory passing(Path parent) throws IOException {
        Staging staging = Staging.in(parent, "passing");
        return new OutgoingDirectory(staging, null, staging.blobs());
    }

    private static String name(String destination) {
        return Digests.sha256(destination).hex();
    }

    /** Makes the blobs of the image, without those layers that are here from the last time. */
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

    /** The directory of the blobs, each named by the hex digits of its digest. */
    public Path blobs() {
        return blobs;
    }

    /** A file of that name, which is gone afterwards. */
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
