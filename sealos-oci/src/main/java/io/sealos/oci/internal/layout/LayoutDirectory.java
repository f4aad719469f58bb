package io.sealos.oci.internal.layout;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.DirectoryLock;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.LayerBlob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes images to an OCI layout in a directory, which may contain other images and to which other processes may write.
 */
public final class LayoutDirectory {
    private static final String INDEX = "index.json";
    private static final String MARKER = "oci-layout";
    private static final byte[] VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private final Path directory;

    public LayoutDirectory(Path directory) {
        this.directory = directory;
    }

    /** Throws an exception if the directory has other files, is a broken layout, or cannot be written. */
    public void check() throws IOException {
        refuseOtherDirectories();
        if (isLayout()) {
            LayoutIndex.read(directory.resolve(INDEX));
            RequiredPath.writableDirectory(directory);
        } else {
            Staging.checkBeside(directory);
        }
    }

    /**
     * Writes the image. The layout is valid at any time.
     *
     * @throws IOException if the directory has other files and is not a layout, or cannot be written
     */
    public WrittenImage write(ImageRequest request) throws IOException {
        check();
        try (Staging staging = isLayout() ? Staging.in(directory, "write") : Staging.beside(directory)) {
            EarlierLayers layers = EarlierLayers.in(request.layers().records(), blobs());
            WrittenImage image = ImageWriter.write(request, staging, layers);
            publish(staging, image, request.tags());
            image.manifests().forEach(manifest -> layers.remember(manifest.layers()));
            return image;
        }
    }

    /** Completes the layout in a staging directory. */
    static void complete(Staging staging, WrittenImage image, List<String> tags) throws IOException {
        Files.write(staging.layout().resolve(MARKER), VERSION);
        Files.write(staging.layout().resolve(INDEX), LayoutIndex.of(image.root(), image.annotations(), tags));
    }

    private void publish(Staging staging, WrittenImage image, List<String> tags) throws IOException {
        if (!isLayout()) {
            checkBlobs(image);
            complete(staging, image, tags);
            if (becomesDirectory(staging.layout())) {
                return;
            }
        }
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            lock.check();
            merge(staging, image, tags);
        }
    }

    // If another writer was faster, or the directory is a mount point, the blobs are moved one by one.
    private boolean becomesDirectory(Path layout) {
        try {
            Files.move(layout, directory, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // A layer of an earlier build may have been deleted since it was found.
    private static void checkBlobs(WrittenImage image) throws IOException {
        for (WrittenManifest manifest : image.manifests()) {
            for (LayerBlob layer : manifest.layers()) {
                if (!Files.exists(layer.file())) {
                    throw PlacedException.at(layer.file(), " was deleted while the image was written; build again");
                }
            }
        }
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    private void merge(Staging staging, WrittenImage image, List<String> tags) throws IOException {
        checkBlobs(image);
        Path blobs = Files.createDirectories(blobs());
        try (Stream<Path> made = Files.list(staging.blobs())) {
            for (Path blob : (Iterable<Path>) made::iterator) {
                // Without an atomic move, the blob would be deleted first, while images point to it.
                AtomicFile.move(blob, blobs.resolve(blob.getFileName()));
            }
        }
        byte[] index = isLayout()
                ? LayoutIndex.read(directory.resolve(INDEX)).with(image.root(), image.annotations(), tags)
                : LayoutIndex.of(image.root(), image.annotations(), tags);
        replace(staging, MARKER, VERSION);
        replace(staging, INDEX, index);
    }

    private void replace(Staging staging, String name, byte[] content) throws IOException {
        AtomicFile.move(Files.write(staging.file(name), content), directory.resolve(name));
    }

    private boolean isLayout() {
        return Files.exists(directory.resolve(MARKER)) && Files.exists(directory.resolve(INDEX));
    }

    private void refuseOtherDirectories() throws IOException {
        if (!Files.exists(directory) || isLayout()) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new FileSystemException(
                    RequiredPath.shown(directory),
                    null,
                    "is a file; name a directory for the OCI layout, or write an archive");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.anyMatch(entry -> !isOfWriter(entry))) {
                throw new FileSystemException(
                        RequiredPath.shown(directory),
                        null,
                        "has files but is not an OCI layout; name an empty or new directory, so nothing is mixed up");
            }
        }
    }

    private static boolean isOfWriter(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.equals(DirectoryLock.NAME) || name.startsWith(".write-") || name.equals("blobs");
    }
}
