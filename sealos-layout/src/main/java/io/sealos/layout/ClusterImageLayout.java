package io.sealos.layout;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageScanner;
import io.sealos.images.StandardDirectory;
import io.sealos.internal.context.SharedSnapshot;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.files.SlashPath;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.internal.text.FileFailures;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileProblem;
import io.sealos.kubefile.SealosLabel;
import io.sealos.kubefile.SourceRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A context directory with its evaluated build file, ignore rules, images and files.
 *
 * <p>A directory can be opened even if its build file is malformed or missing, or if files cannot be read: see
 * {@link #kubefileProblems()} and {@link #unreadable()}. Symbolic links that lead out of the directory are not
 * followed. Immutable and thread-safe, except that the contents of files are read again each time.
 *
 * @since 0.1.0
 */
public final class ClusterImageLayout {
    private static final String VERSION_CONTROL = ".git";

    static {
        SharedSnapshot.install(ClusterImageLayout::with);
    }

    private final Path directory;
    /** The real path of the directory; null if it cannot be resolved. */
    private final @Nullable Path realDirectory;

    private final OpenedBuild build;
    private final ImageInventory images;
    private final Map<String, String> unreadable;
    /** The snapshot of the directory; null if each walk reads the directory anew. */
    private final @Nullable FileSnapshot snapshot;

    ClusterImageLayout(Path directory, OpenedBuild build, ImageInventory images, Map<String, String> unreadable) {
        this(directory, build, images, unreadable, null);
    }

    private ClusterImageLayout(
            Path directory,
            OpenedBuild build,
            ImageInventory images,
            Map<String, String> unreadable,
            @Nullable FileSnapshot snapshot) {
        this.directory = OverlayFileSystem.withExactNames(directory);
        this.realDirectory = real(this.directory);
        this.build = build;
        this.images = images;
        this.unreadable = unreadable;
        this.snapshot = snapshot;
    }

    /**
     * Opens a directory with the build files that sealos would use, and default options.
     *
     * @param directory the context directory
     * @return its layout
     * @throws IOException if it is not a directory
     */
    public static ClusterImageLayout open(Path directory) throws IOException {
        Objects.requireNonNull(directory, "directory");
        return open(directory, BuildOptions.defaults(), ImageScanner.builder().build());
    }

    /**
     * Opens a directory with the build files that sealos would use.
     *
     * @param directory the context directory
     * @param options the options of the build, such as labels and the platform
     * @param scanner the scanner that finds the images
     * @return its layout
     * @throws IOException if it is not a directory
     */
    public static ClusterImageLayout open(Path directory, BuildOptions options, ImageScanner scanner)
            throws IOException {
        RequiredPath.directory(directory, "name the directory that contains the Kubefile");
        return FileFailures.explained(directory, () -> new LayoutOpening(directory).open(options, scanner));
    }

    /**
     * {@return the layout of a directory whose build file the caller has evaluated and whose images it has found}
     *
     * @param directory the context directory
     * @param buildFiles the build files that were joined; empty if a program created the Kubefile
     * @param kubefile the Kubefile
     * @param evaluation the evaluation of the Kubefile
     * @param ignoreRules the rules of the ignore file
     * @param images the images of the directory
     */
    public static ClusterImageLayout of(
            Path directory,
            List<Path> buildFiles,
            Kubefile kubefile,
            KubefileEvaluation evaluation,
            IgnoreRules ignoreRules,
            ImageInventory images) {
        OpenedBuild build = new OpenedBuild(buildFiles, kubefile, evaluation, List.of(), ignoreRules);
        return new ClusterImageLayout(directory, build, images, Map.of());
    }

    private ClusterImageLayout with(FileSnapshot context) {
        return new ClusterImageLayout(directory, build, images, unreadable, context);
    }

    /**
     * {@return the context directory} It may be a path of a read-only file system of this library, if files were given
     * or if the file system of the directory ignores case. It is read with {@link java.nio.file.Files}; where files
     * were given, {@link Path#toFile} is not supported.
     */
    public Path directory() {
        return directory;
    }

    /** {@return the build files in the order in which sealos joins them; empty if a program created the Kubefile} */
    public List<Path> buildFiles() {
        return build.files();
    }

    /** {@return the Kubefile, joined from all build files; empty if there is none or it cannot be parsed} */
    public Optional<Kubefile> kubefile() {
        return Optional.ofNullable(build.kubefile());
    }

    /** {@return the evaluation of the Kubefile; empty if there is none or it has problems} */
    public Optional<KubefileEvaluation> evaluation() {
        return Optional.ofNullable(build.evaluation());
    }

    /** {@return the problems of the Kubefile; empty if it can be evaluated} */
    public List<KubefileProblem> kubefileProblems() {
        return build.problems();
    }

    /** {@return the rules of the ignore file} */
    public IgnoreRules ignoreRules() {
        return build.ignoreRules();
    }

    /** {@return the images that manifests, charts, lists and commands of the directory name} */
    public ImageInventory images() {
        return images;
    }

    /** {@return the reasons why files could not be read when the directory was opened, by path} */
    public Map<String, String> unreadable() {
        return unreadable;
    }

    /**
     * {@return the type of the image according to its labels; empty if sealos does not know the type, or if there is no
     * evaluation}
     */
    public Optional<ImageType> type() {
        return evaluation().flatMap(it -> ImageType.of(it.config().labels()));
    }

    /**
     * {@return whether the image is a rootfs, according to its type or, if it has none, to labels that only a rootfs
     * has}
     */
    public boolean isRootfs() {
        return evaluation().map(it -> it.config().labels()).stream()
                .anyMatch(labels -> SealosLabel.TYPE
                        .value(labels)
                        .map(ImageType.ROOTFS.label()::equals)
                        .orElse(SealosLabel.INIT.value(labels).isPresent()
                                || SealosLabel.INIT_REGISTRY.value(labels).isPresent()));
    }

    /** {@return the COPY and ADD steps of all stages that copy from the context} */
    public List<CopyStep> copies() {
        return evaluation().stream()
                .flatMap(it -> it.stages().stream())
                .flatMap(stage -> stage.steps().stream())
                .filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .filter(copy -> copy.from().isEmpty())
                .toList();
    }

    /**
     * {@return whether a COPY copies a path of the context, or a path below it, that the ignore file does not exclude}
     *
     * @param path the path relative to the context directory, with slashes
     */
    public boolean isCopied(String path) {
        return !isIgnored(path) && copies().stream().anyMatch(new CopiedPath(path)::isBroughtBy);
    }

    /**
     * {@return whether the ignore file excludes a path of the context, and everything below it, from every COPY}
     *
     * @param path the path relative to the context directory, with slashes
     */
    public boolean isIgnored(String path) {
        return ignoreRules().isExcluded(path) && !ignoreRules().mayIncludeBelow(path);
    }

    /**
     * {@return a file, directory or link in the directory; empty if there is none, or if a link leads out of the
     * directory}
     *
     * @param path the path relative to the context directory, with slashes; a leading {@code ./} is allowed
     */
    public Optional<ContextFile> file(String path) {
        try {
            String name = CopiedPath.relative(path);
            if (name.isEmpty()) {
                return Optional.of(root());
            }
            Path file = directory
                    .resolve(SlashPath.of(directory.getFileSystem(), name))
                    .normalize();
            boolean there = absolute(file).startsWith(absolute(directory)) && isInside(parent(file));
            return there ? Optional.of(new ContextFile(this, FileSnapshot.of(file), pathOf(file))) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private ContextFile root() throws IOException {
        return new ContextFile(this, snapshot == null ? FileSnapshot.ofDirectory(directory) : snapshot, ".");
    }

    /** {@return the entries of a directory; without a snapshot they are not kept, which saves memory} */
    List<FileSnapshot> entries(FileSnapshot directory) throws IOException {
        return snapshot == null ? directory.list() : directory.entries();
    }

    /**
     * {@return the files, directories and links below a directory, in the order of their paths; linked directories are
     * not entered}
     *
     * @param directory the path relative to the context directory, with slashes
     */
    public List<ContextFile> filesBelow(String directory) {
        List<ContextFile> files = new ArrayList<>();
        Optional<ContextFile> start = file(directory).filter(it -> it.kind() == ContextFile.Kind.DIRECTORY);
        start.ifPresent(it -> new ContextWalk(file -> true).walk(it, files::add));
        return files.stream().skip(1).toList();
    }

    /** {@return whether the real path of a file is within the directory} */
    boolean isInside(Path path) {
        Path real = real(path);
        return real != null && realDirectory != null && real.startsWith(realDirectory);
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    /** Visits each file that the cluster image will have, except those in {@code registry}. */
    void walkCopied(Consumer<ContextFile> visitor) {
        try {
            new ContextWalk(this::isCopied).walk(root(), visitor);
        } catch (IOException e) {
            // If this were ignored, a directory that cannot be read would have no findings.
            throw new UncheckedIOException(e);
        }
    }

    private boolean isCopied(ContextFile file) {
        String path = file.path();
        if (path.equals(StandardDirectory.REGISTRY) || path.equals(VERSION_CONTROL)) {
            return false;
        }
        boolean directory = file.kind() == ContextFile.Kind.DIRECTORY;
        boolean hidden = directory ? isIgnored(path) : ignoreRules().isExcluded(path);
        boolean topLevel = path.indexOf('/') < 0 && !path.equals(".");
        return path.equals(".") || (!hidden && !(topLevel && isLeftBehind(path)));
    }

    private boolean isLeftBehind(String name) {
        CopiedPath directory = new CopiedPath(name);
        return evaluation().isPresent() && copies().stream().noneMatch(directory::isBroughtBy);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** {@return the path relative to the directory, with slashes; {@code .} for the directory itself} */
    String pathOf(Path file) {
        if (!file.getFileSystem().equals(directory.getFileSystem())) {
            return file.toString(); // A build file that the caller named.
        }
        Path relative = absolute(directory).relativize(absolute(file));
        String path = relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
        return path.isEmpty() ? "." : path;
    }

    /** {@return the path of the build file that has the range} */
    String pathOf(SourceRange range) {
        return range.sourceName().map(this::pathOfBuildFile).orElse(BuildFiles.NAMES.get(1));
    }

    private String pathOfBuildFile(String name) {
        return build.files().stream()
                .filter(file -> file.toString().equals(name) || pathOf(file).equals(name))
                .findFirst()
                .map(this::pathOf)
                .orElseGet(() -> pathOf(directory.getFileSystem().getPath(name)));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNullElse(file.getParent(), file);
    }
}
