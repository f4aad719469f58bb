package io.sealos.oci;

import io.sealos.internal.files.RequiredPath;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layout.PartsWriter;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.read.PartsFile;
import io.sealos.oci.internal.source.ArchiveSource;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OCI archive in parts of a given size, for media and file systems that do not take the whole. Created by
 * {@link OciLayout#inParts}. For the archive {@code app.tar} these files are written:
 *
 * <ul>
 *   <li>{@code app.tar.001}, {@code app.tar.002} and so on, with as many digits as the last number needs, so that the
 *       order of names is the order of parts. {@code cat app.tar.[0-9]* > app.tar} joins them.
 *   <li>{@code app.tar.sha256}, from which {@code sha256sum -c} checks the parts at a site without Java.
 *   <li>{@code app.tar.parts.json}, the parts file, with the size and SHA-256 digest of the whole and of each part. It
 *       is written last: without it, the parts are not complete.
 * </ul>
 *
 * <p>The parts are read without joining them: this object is a source of images, and so is
 * {@code OciLayout.archive(Path.of("app.tar.parts.json"))}.
 *
 * <p>Each part appears under its name when it is complete. A part that already has the right bytes is kept, so that a
 * call which was interrupted, killed, or met a full disk can be repeated and writes only the rest. Parts of an earlier
 * archive of the same name are replaced, and those beyond the last one are deleted. Only one call at a time may write
 * to the same archive. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ArchiveParts extends ImageSource implements ImageTarget {
    private final Path archive;
    private final PartSize size;
    private final SortedSet<Integer> only;
    private final Optional<Path> staging;

    ArchiveParts(Path archive, PartSize size, SortedSet<Integer> only, Optional<Path> staging) {
        this.archive = archive;
        this.size = size;
        this.only = only;
        this.staging = staging;
    }

    /**
     * {@return a target that writes only some parts of an archive, with the same bytes as before} Needed if a medium is
     * lost or damaged. The image must be the same as before, which a lock file and an unchanged directory ensure; if
     * the parts file or the checksums of the archive are there, this is checked before a part is replaced. The parts
     * file and the checksums are written as well.
     *
     * @param parts the numbers of the parts, from 1, as {@link PartsReport#numbers} has them
     * @throws IllegalArgumentException if there is no number, or one below 1; {@code writeTo} throws it for numbers
     *     above the number of parts
     */
    public ArchiveParts only(int... parts) {
        SortedSet<Integer> numbers = Arrays.stream(parts).boxed().collect(Collectors.toCollection(TreeSet::new));
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("there is no number of a part; name at least one, from 1");
        }
        if (numbers.first() < 1) {
            throw new IllegalArgumentException("there is no part " + numbers.first() + "; parts are counted from 1");
        }
        return new ArchiveParts(archive, size, numbers, staging);
    }

    /**
     * {@return a target that creates the layers in another directory} By default, they are created beside the archive,
     * which needs room for the image twice there until the call ends: the tar of an archive begins each file with its
     * name and size, and those of a layer, its digest and compressed size, are known only when all of it was created.
     *
     * @param directory the directory, created if it is missing, preferably on another disk. What the call has created
     *     in it is deleted when the call ends
     */
    public ArchiveParts withStaging(Path directory) {
        return new ArchiveParts(archive, size, only, Optional.of(directory));
    }

    /**
     * Verifies the parts of an archive: each is there, and has its size and digest.
     *
     * @param partsFile the parts file, such as {@code app.tar.parts.json}; the parts lie in the same directory
     * @return the report, which names each part that is missing or damaged
     * @throws IOException if the parts file cannot be read or is no parts file, or a part cannot be read
     */
    public static PartsReport verify(Path partsFile) throws IOException {
        return verify(partsFile, BuildListener.NONE);
    }

    /**
     * Verifies the parts of an archive like {@link #verify(Path)}, and reports the progress.
     *
     * @param partsFile the parts file
     * @param listener receives the events of the phase {@link BuildPhase#VERIFY}, whose items are parts. If it throws
     *     an exception, it is not called again
     * @return the report
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the parts file cannot be read or is no parts file, or a part cannot be read
     */
    public static PartsReport verify(Path partsFile, BuildListener listener) throws IOException {
        BuildListener isolated = BuilderSettings.isolated(Objects.requireNonNull(listener, "listener"));
        PartsFile file = PartsFile.read(Objects.requireNonNull(partsFile, "partsFile"));
        try (CallRun call = CallRun.start(isolated, "verify the parts of " + partsFile)) {
            return call.complete(PartsReport.of(file, isolated));
        }
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) throws IOException {
        writer().check();
    }

    /** {@return the first parts, the parts file and the checksums, and the directory for layers, if it was given} */
    @Override
    public List<Path> paths() {
        return Stream.concat(writer().paths().stream(), staging.stream()).toList();
    }

    @Override
    public void write(ImageOutput image) throws IOException {
        image.write(writer()::write);
    }

    /**
     * {@return the parts file, such as {@code app.tar.parts.json}} It exists when the archive is complete. It is what
     * {@link OciLayout#archive} and {@link #verify} take.
     */
    public Path partsFile() {
        return writer().partsFile();
    }

    @Override
    LocalSource local() {
        return new ArchiveSource(partsFile(), LocalSource.Format.OCI);
    }

    @Override
    String place() {
        return partsFile().toString();
    }

    private PartsWriter writer() {
        return new PartsWriter(archive, size.bytes(), only, staging);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveParts that
                && archive.equals(that.archive)
                && size.equals(that.size)
                && only.equals(that.only)
                && staging.equals(that.staging);
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, size, only, staging);
    }

    /** {@return the archive and the size of the parts, such as {@code oci-archive:app.tar in parts of 1024 bytes}} */
    @Override
    public String toString() {
        String parts = only.isEmpty() ? "" : " (only " + only.toString().replaceAll("[\\[\\]]", "") + ")";
        return "oci-archive:" + RequiredPath.shown(archive) + " in parts of " + size + parts;
    }
}
