package io.sealos.images;

import io.sealos.images.internal.context.GivenPaths;
import io.sealos.internal.overlay.GivenFile;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A context directory with files that a program provides, alone or laid over a directory. Nothing is written to disk.
 *
 * <pre>{@code
 * VirtualContext app = VirtualContext.builder()
 *         .file("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n")
 *         .manifest("app.yaml", yaml)
 *         .imageList("app", List.of("nginx:1.25"))
 *         .build();
 * LayoutReport report = LayoutValidator.standard().validate(app.path());
 * }</pre>
 *
 * <p>{@link #path} is a directory of a read-only {@link java.nio.file.FileSystem}, which can be used wherever this
 * library takes a context directory: to check, scan, plan and build it. The results are those of a directory on disk
 * with the same files, including the digest of an image. The places in messages are the paths that were given, or those
 * in the directory beneath.
 *
 * <p>Over a directory, a given file takes the place of a file or link with the same path. All other files remain as
 * they are in the directory, which is read when it is needed and never written to. Ignore files apply to given files as
 * well. A given file has the mode 0644, or 0755 if it is {@linkplain Builder#executable executable}, on every machine;
 * directories that only contain given files have the mode 0755.
 *
 * <p>Immutable and thread-safe, if the given contents are. It need not be closed.
 *
 * @since 0.1.0
 */
public final class VirtualContext {
    private final Path path;
    private final List<String> files;

    private VirtualContext(Path path, List<String> files) {
        this.path = path;
        this.files = List.copyOf(files);
    }

    /** {@return a builder of a context without files} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the context directory, which can be read as long as the file system of the directory beneath it is open}
     */
    public Path path() {
        return path;
    }

    /** {@return the paths of the given files, relative to the context directory, with slashes, sorted} */
    public List<String> files() {
        return files;
    }

    /** {@return the number of given files, and the directory beneath them if there is one} */
    @Override
    public String toString() {
        String directory = path.toString();
        return Count.of(files.size(), "given file") + (directory.isEmpty() ? "" : " over " + directory);
    }

    /**
     * The content of a file. It is opened for each read, possibly by several threads at the same time, and must have
     * the same bytes each time. The first read, by {@link Builder#build}, determines the size; a later read with other
     * bytes causes the operation to fail.
     *
     * <p>A build reads a file of more than 16 KiB up to four times: to determine its size, to find images and mistakes,
     * to choose the compression, and to write the layer. Nothing is held in memory. A stream that is expensive to open,
     * such as that of a download, is better stored in a file that is given by its path.
     */
    @FunctionalInterface
    public interface Content {
        /**
         * {@return a new stream of the content, which the library closes}
         *
         * @throws IOException if the content cannot be read
         */
        InputStream open() throws IOException;
    }

    /** A builder of {@link VirtualContext}. Not thread-safe. */
    public static final class Builder {
        private final GivenPaths given = new GivenPaths();
        private @Nullable Path directory;

        private Builder() {}

        /**
         * Sets the directory over which the files are laid. Default: none.
         *
         * @param contextDirectory the directory, in any file system
         * @return this builder
         */
        public Builder over(Path contextDirectory) {
            this.directory = Objects.requireNonNull(contextDirectory, "contextDirectory");
            return this;
        }

        /**
         * Adds a file.
         *
         * @param path the path relative to the context directory, with slashes, such as {@code etc/app.conf}
         * @param text the text, which is stored in UTF-8
         * @return this builder
         * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that
         *     of another file
         */
        public Builder file(String path, String text) {
            Objects.requireNonNull(path, "path");
            return file(path, text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Adds a file.
         *
         * @param path the path relative to the context directory, with slashes
         * @param bytes the bytes, which are copied
         * @return this builder
         * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that
         *     of another file
         */
        public Builder file(String path, byte[] bytes) {
            Objects.requireNonNull(path, "path");
            given.add(path, bytes);
            return this;
        }

        /**
         * Adds a file of any size whose content is read from a stream.
         *
         * @param path the path relative to the context directory, with slashes
         * @param content opens the content each time it is read
         * @return this builder
         * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that
         *     of another file
         */
        public Builder file(String path, Content content) {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(content, "content");
            given.add(path, content::open);
            return this;
        }

        /**
         * Adds an existing file with its mode. It is not copied, but read each time. A symbolic link is followed.
         *
         * @param path the path relative to the context directory, with slashes
         * @param file the file, in any file system
         * @return this builder
         * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that
         *     of another file
         */
        public Builder file(String path, Path file) {
            Objects.requireNonNull(path, "path");
            given.add(path, Objects.requireNonNull(file, "file"));
            return this;
        }

        /**
         * Makes a file that was given before as text, bytes or a stream executable.
         *
         * @param path the path of the file
         * @return this builder
         * @throws IllegalArgumentException if there is no such file, or if it was given as a {@link Path}
         */
        public Builder executable(String path) {
            Objects.requireNonNull(path, "path");
            given.makeExecutable(path);
            return this;
        }

        /**
         * Adds a manifest to {@code manifests/}.
         *
         * @param name the name, which may contain directories, and ends with {@code .yaml}, {@code .yml}, {@code .json}
         *     or {@code .tmpl}, such as {@code app.yaml}
         * @param text the documents
         * @return this builder
         * @throws IllegalArgumentException if the name has another ending, or is given already
         */
        public Builder manifest(String name, String text) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
            return file(GivenPaths.manifest(name), text);
        }

        /**
         * Adds a chart to {@code charts/}, under its own name. Its files are not copied, but read each time.
         *
         * @param chart the directory of the chart, whose links must not lead out of it, or a {@code .tgz} or
         *     {@code .tar.gz} file; in any file system
         * @return this builder
         * @throws IllegalArgumentException if a file of this name is given already
         */
        public Builder chart(Path chart) {
            given.addChart(Objects.requireNonNull(chart, "chart"));
            return this;
        }

        /**
         * Adds the archive of a chart to {@code charts/}.
         *
         * @param name the name of the file, which ends with {@code .tgz} or {@code .tar.gz}, such as
         *     {@code redis-18.1.0.tgz}
         * @param archive opens the archive each time it is read
         * @return this builder
         * @throws IllegalArgumentException if the name has another ending, or is given already
         */
        public Builder chart(String name, Content archive) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(archive, "archive");
            return file(GivenPaths.chart(name), archive);
        }

        /**
         * Adds a list of images to {@code images/shim/}, all of which are saved.
         *
         * @param name the name of the list
         * @param references the images, such as {@code nginx:1.25}
         * @return this builder
         * @throws ImageReferenceException if references are malformed; it lists all of them
         * @throws IllegalArgumentException if the list has no reference, or if its name is given already
         */
        public Builder imageList(String name, List<String> references) {
            String path = GivenPaths.imageList(Objects.requireNonNull(name, "name"));
            if (references.isEmpty()) {
                throw new IllegalArgumentException(
                        "the list of images '" + Printable.of(name) + "' is empty; give at least one reference");
            }
            ImageReferenceException.parsed(path, references);
            return file(path, String.join("\n", references) + "\n");
        }

        /**
         * {@return the context} Each stream is read once.
         *
         * @throws IOException if the directory does not exist, a given path is that of a directory in it or is below a
         *     file in it, or a chart or file that was given by its path cannot be read
         */
        public VirtualContext build() throws IOException {
            SortedMap<String, GivenFile> files = given.files();
            try {
                Path path = directory == null ? OverlayFileSystem.of(files) : over(directory, files);
                return new VirtualContext(path, List.copyOf(files.keySet()));
            } catch (InvalidPathException e) {
                throw new FileSystemException(
                        Printable.of(e.getInput()),
                        null,
                        "no file of this machine can have this name (" + e.getReason()
                                + "); give it another name, or start the process with LC_ALL=C.UTF-8");
            }
        }

        private static Path over(Path directory, SortedMap<String, GivenFile> files) throws IOException {
            if (!Files.isDirectory(directory)) {
                throw new FileSystemException(
                        directory.toString(),
                        null,
                        Files.exists(directory)
                                ? "is not a directory; name the directory that contains the Kubefile"
                                : "there is no such context directory; check the path");
            }
            return OverlayFileSystem.over(directory, files);
        }
    }
}
