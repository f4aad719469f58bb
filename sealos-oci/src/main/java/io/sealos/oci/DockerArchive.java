package io.sealos.oci;

import io.sealos.internal.files.RequiredPath;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.ArchiveSource;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A tar file in the format of {@code docker save} and {@code docker load}. As a target, it contains one image for one
 * platform, with any number of tags. As a source, it may contain several images. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DockerArchive extends ImageSource implements ImageTarget {
    private final Path file;

    private DockerArchive(Path file) {
        this.file = file;
    }

    /**
     * {@return an archive in the given file} As a target, an existing file is replaced, and the layers are not
     * compressed.
     *
     * @param file the file
     */
    public static DockerArchive file(Path file) {
        Objects.requireNonNull(file, "file");
        return new DockerArchive(file);
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) throws IOException {
        ArchiveFile.checkDockerPlatforms(platforms.size());
        new ArchiveFile(file).check();
    }

    @Override
    public List<Path> paths() {
        return List.of(file);
    }

    @Override
    public void write(ImageOutput image) throws IOException {
        image.write(new ArchiveFile(file)::writeDocker);
    }

    @Override
    String place() {
        return file.toString();
    }

    @Override
    BaseSource base() {
        return new BaseSource.Files(local(), this::reader, toString());
    }

    @Override
    LocalSource local() {
        return new ArchiveSource(file, LocalSource.Format.DOCKER);
    }

    private ImageReader reader() throws IOException {
        return ImageReader.of(StoredFiles.archive(file), LocalSource.Format.DOCKER);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DockerArchive that && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    /** {@return the archive in the notation of skopeo, such as {@code docker-archive:nginx.tar}} */
    @Override
    public String toString() {
        return "docker-archive:" + RequiredPath.shown(file);
    }
}
