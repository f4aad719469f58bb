package io.sealos.oci;

import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.LayoutDirectory;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.ArchiveSource;
import io.sealos.oci.internal.source.DirectorySource;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An image layout as the <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image
 * specification</a> describes it, in a directory or in a tar archive.
 *
 * <p>Each tag is stored in its canonical form, such as {@code docker.io/labring/nginx:v1.23.1}, in the annotations
 * {@code org.opencontainers.image.ref.name} and {@code io.containerd.image.name} of the descriptor that points to the
 * image. Immutable and thread-safe.
 */
public final class OciLayout extends ImageOrigin implements ImageTarget {
    private final Path path;
    private final boolean archive;

    private OciLayout(Path path, boolean archive) {
        this.path = path;
        this.archive = archive;
    }

    /**
     * {@return a layout in that directory} It is made if it is missing. In a layout that is there already other tags
     * stay, and the same tag is replaced; several threads and processes may write to it at the same time. The blobs of
     * a replaced image stay, because someone may be reading them: {@link OciLayoutVerifier} notes them. A directory
     * that has files and is no layout is refused.
     *
     * @param directory the directory of the layout, not of its parent
     */
    public static OciLayout directory(Path directory) {
        return new OciLayout(directory, false);
    }

    /**
     * {@return a layout in that tar file} A file of that name is replaced. With one tag at most, engines read it by the
     * name of the file alone, as {@code sealos load} does; with several, they want to hear which: {@code buildah pull
     * oci-archive:FILE:TAG}.
     *
     * @param file the archive
     */
    public static OciLayout archive(Path file) {
        return new OciLayout(file, true);
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) throws IOException {
        if (archive) {
            new ArchiveFile(path).check();
        } else {
            new LayoutDirectory(path).check();
        }
    }

    @Override
    public void write(ImageOutput image) throws IOException {
        image.write(archive ? new ArchiveFile(path)::writeOci : new LayoutDirectory(path)::write);
    }

    @Override
    BaseSource base() {
        return new BaseSource.Files(local(), this::reader, toString());
    }

    @Override
    LocalSource local() {
        return archive
                ? new ArchiveSource(path, LocalSource.Format.OCI)
                : new DirectorySource(path, LocalSource.Format.OCI);
    }

    private ImageReader reader() throws IOException {
        StoredFiles files = archive ? StoredFiles.archive(path) : StoredFiles.directory(path);
        return ImageReader.of(files, LocalSource.Format.OCI);
    }

    /** {@return the target as skopeo names it, such as {@code oci:dir} or {@code oci-archive:file}} */
    @Override
    public String toString() {
        return (archive ? "oci-archive:" : "oci:") + path;
    }
}
