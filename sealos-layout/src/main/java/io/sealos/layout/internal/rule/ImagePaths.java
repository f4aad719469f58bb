package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.VolumeStep;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where files of the context come to lie in the image, where its build file says no more than plain COPY. */
final class ImagePaths {
    private final ClusterImageLayout layout;

    ImagePaths(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** Whether all that the image has comes from the context by COPY of names, to which nothing is added. */
    boolean areKnown() {
        return target().filter(Stage::fromScratch).isPresent()
                && steps().allMatch(ImagePaths::isPlain)
                && copies().stream().flatMap(copy -> copy.sources().stream()).noneMatch(ImagePaths::isPattern);
    }

    private Optional<Stage> target() {
        return layout.evaluation().map(it -> it.target());
    }

    Stream<BuildStep> steps() {
        return target().stream().flatMap(stage -> stage.steps().stream());
    }

    private static boolean isPlain(BuildStep step) {
        boolean copy = step instanceof CopyStep it && !it.add() && it.from().isEmpty();
        return copy || step instanceof WorkdirStep || step instanceof VolumeStep;
    }

    private static boolean isPattern(String source) {
        return source.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    /** The COPY instructions of the image itself, in their order. */
    List<CopyStep> copies() {
        return steps().filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .toList();
    }

    /** Where one COPY puts a path of the context, relative to the root of the image; each source may bring it. */
    Stream<String> places(CopyStep copy, String contextPath) {
        return layout.isIgnored(contextPath)
                ? Stream.empty()
                : copy.sources().stream()
                        .flatMap(source -> place(copy, CopiedPaths.trim(source), contextPath).stream());
    }

    private Optional<String> place(CopyStep copy, String source, String contextPath) {
        String destination = CopiedPaths.trim(copy.destination());
        boolean same = contextPath.equals(source);
        if (!same && !source.isEmpty() && !contextPath.startsWith(source + "/")) {
            return Optional.empty();
        }
        if (source.isEmpty() || isDirectory(source)) {
            String rest = source.isEmpty() ? contextPath : contextPath.substring(source.length());
            return Optional.of(CopiedPaths.trim(destination + "/" + rest));
        }
        boolean into = destination.isEmpty()
                || copy.destination().endsWith("/")
                || copy.sources().size() > 1
                || isMadeDirectory(destination);
        return Optional.of(into ? CopiedPaths.trim(destination + "/" + name(source)) : destination);
    }

    private boolean isDirectory(String path) {
        return path.equals(StandardDirectory.REGISTRY)
                || layout.file(path)
                        .filter(it -> it.kind() == ContextFile.Kind.DIRECTORY)
                        .isPresent();
    }

    /** A directory that another COPY fills is one that a single file is put into. */
    private boolean isMadeDirectory(String destination) {
        return copies().stream()
                .anyMatch(copy -> CopiedPaths.trim(copy.destination()).startsWith(destination + "/")
                        || (CopiedPaths.trim(copy.destination()).equals(destination)
                                && (copy.destination().endsWith("/")
                                        || copy.sources().stream()
                                                .map(CopiedPaths::trim)
                                                .anyMatch(it -> it.isEmpty() || isDirectory(it)))));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether a COPY brings a file of the context to this path of the image. */
    boolean has(String imagePath) {
        return copies().stream()
                .flatMap(copy -> copy.sources().stream().flatMap(it -> source(copy, CopiedPaths.trim(it), imagePath)))
                .anyMatch(path -> layout.file(path).isPresent() && !layout.isIgnored(path));
    }

    private Stream<String> source(CopyStep copy, String source, String imagePath) {
        if (!source.isEmpty() && !isDirectory(source)) {
            return Stream.of(source)
                    .filter(it -> place(copy, it, it).filter(imagePath::equals).isPresent());
        }
        String destination = CopiedPaths.trim(copy.destination());
        boolean below = destination.isEmpty() || imagePath.startsWith(destination + "/");
        return below
                ? Stream.of(CopiedPaths.trim(source + "/" + imagePath.substring(destination.length())))
                : Stream.empty();
    }
}
