package io.sealos.oci;

import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.LayoutDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.read.PartsFile;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.ArchiveSource;
import io.sealos.oci.internal.source.DirectorySource;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.verify.LayoutCheck;
import io.sealos.oci.internal.verify.Verification;
import io.sealos.oci.internal.verify.VerifiedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An image layout according to the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image specification</a>, in a
 * directory or in a tar archive.
 *
 * <p>Each tag is stored in its canonical form, such as {@code docker.io/labring/nginx:v1.23.1}, in the annotations
 * {@code org.opencontainers.image.ref.name} and {@code io.containerd.image.name} of the descriptor that points to the
 * image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class OciLayout extends ImageSource implements ImageTarget {
    private final Path path;
    private final boolean archive;

    private OciLayout(Path path, boolean archive) {
        this.path = path;
        this.archive = archive;
    }

    /**
     * {@return a layout in the given directory} As a target, a missing directory is created. In an existing layout, a
     * tag of the same name is replaced, and other tags are kept. The blobs of a replaced image are kept as well,
     * because they may be in use; {@link OciLayoutVerifier} reports them as notes. A directory that contains other
     * files is refused. Several threads and processes may write to the same layout at the same time.
     *
     * @param directory the directory of the layout itself, not its parent
     */
    public static OciLayout directory(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return new OciLayout(directory, false);
    }

    /**
     * {@return a layout in the given tar file} As a target, an existing file is replaced. If the archive has at most
     * one tag, engines need only the name of the file, as in {@code sealos load}. If it has several, the tag must be
     * given: {@code buildah pull oci-archive:FILE:TAG}. As a source, the file may also be the parts file of an archive
     * in parts, such as {@code app.tar.parts.json}: the parts are verified and read without joining them.
     *
     * @param file the file
     * @see #inParts
     */
    public static OciLayout archive(Path file) {
        Objects.requireNonNull(file, "file");
        return new OciLayout(file, true);
    }

    /**
     * {@return a target that writes this archive in parts of a given size, beside each other}
     *
     * @param size the size of each part but the last one
     * @throws IllegalArgumentException if this layout is a directory, or the file is a parts file, or its name has a
     *     colon, a backslash or a control character, which not all file systems take
     */
    public ArchiveParts inParts(PartSize size) {
        if (!archive) {
            throw PlacedArgumentException.at(
                    this, " is a directory, which has no parts; name an archive (OciLayout.archive)");
        }
        refusePartsFile();
        refuseNameOfParts();
        return new ArchiveParts(
                path, Objects.requireNonNull(size, "size"), Collections.emptySortedSet(), Optional.empty());
    }

    private void refusePartsFile() {
        if (PartsFile.isPartsFile(path)) {
            throw PlacedArgumentException.at(
                    RequiredPath.shown(path),
                    " is the name of a parts file; name the archive,"
                            + " such as app.tar, and the parts file is written beside it");
        }
    }

    private void refuseNameOfParts() {
        String name = String.valueOf(path.getFileName());
        // An empty path is a directory, which is refused when it is written.
        if (!name.isEmpty() && !PartsFile.isName(name)) {
            throw PlacedArgumentException.at(
                    Printable.of(path.toString()),
                    " cannot be written in parts: not all file systems take a name with a colon, a backslash or a"
                            + " control character; choose another name");
        }
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) throws IOException {
        if (archive) {
            refusePartsFile();
            new ArchiveFile(path).check();
        } else {
            new LayoutDirectory(path).check();
        }
    }

    @Override
    public List<Path> paths() {
        return List.of(path);
    }

    @Override
    public void write(ImageOutput image) throws IOException {
        image.write(this::write);
    }

    WrittenImage write(ImageRequest request) throws IOException {
        return archive ? new ArchiveFile(path).writeOci(request) : new LayoutDirectory(path).write(request);
    }

    @Override
    VerifiedFiles verified(Verification request) throws IOException {
        return archive ? super.verified(request) : LayoutCheck.directory(path, request);
    }

    @Override
    String place() {
        return path.toString();
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

    @Override
    public boolean equals(Object other) {
        return other instanceof OciLayout that && path.equals(that.path) && archive == that.archive;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, archive);
    }

    /** {@return the layout in the notation of skopeo, such as {@code oci:dir} or {@code oci-archive:file}} */
    @Override
    public String toString() {
        return (archive ? "oci-archive:" : "oci:") + RequiredPath.shown(path);
    }
}
