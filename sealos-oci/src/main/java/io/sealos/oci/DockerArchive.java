package io.sealos.oci;

import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.ArchiveSource;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tar file as {@code docker save} writes and {@code docker load} reads it. What is written has one image for one
 * platform, under any number of tags; what is read may have several.
 */
public final class DockerArchive extends ImageTarget implements ImageOrigin {
    private final Path file;

    private DockerArchive(Path file) {
        this.file = file;
    }

    /**
     * {@return an archive in that file} A file of that name is replaced. Layers in it are not compressed.
     *
     * @param file the archive
     */
    public static DockerArchive file(Path file) {
        return new DockerArchive(file);
    }

    @Override
    void check(int platforms) throws IOException {
        ArchiveFile.checkDockerPlatforms(platforms);
        new ArchiveFile(file).check();
    }

    @Override
    WrittenImage write(ImageRequest request) throws IOException {
        return new ArchiveFile(file).writeDocker(request);
    }

    LocalSource local() {
        return new ArchiveSource(file, LocalSource.Format.DOCKER);
    }

    ImageReader reader() throws IOException {
        return ImageReader.of(StoredFiles.archive(file), LocalSource.Format.DOCKER);
    }

    /** {@return the target as skopeo names it, {@code docker-archive:file}} */
    @Override
    public String toString() {
        return "docker-archive:" + file;
    }
}
