package io.sealos.oci.internal.inspect;

import io.sealos.oci.ImageChoice;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The container images in {@code registry/} of a cluster image.
 *
 * @param image the source of the cluster image
 * @param choice the choice of one of its images
 */
public record InnerSource(LocalSource image, ImageChoice choice) implements LocalSource {
    @Override
    public Format format() {
        return Format.REGISTRY;
    }

    @Override
    @SuppressWarnings("resource") // closed with the files of the container images
    public StoredFiles open(Path scratch) throws IOException, InterruptedException {
        StoredFiles files = image.open(Files.createDirectory(scratch.resolve("image")));
        try {
            return ImageReader.of(files, image.format())
                    .contained(choice, Files.createDirectory(scratch.resolve("blobs")));
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }
}
