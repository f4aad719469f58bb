package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Stage;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The paths in the image of files of the context, for build files that use only plain COPY instructions. */
final class ImagePaths {
    private final ClusterImageLayout layout;

    ImagePaths(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** {@return whether all files of the image come from the context by COPY instructions that name them} */
    boolean areKnown() {
        return target().filter(Stage::isFromScratch).isPresent()
                && steps().allMatch(CopySources::isPlain)
                && copies().stream().flatMap(copy -> copy.sources().stream()).noneMatch(ImagePaths::isPattern);
    }

    private Optional<Stage> target() {
        return layout.evaluation().map(it -> it.target());
    }

    Stream<BuildStep> steps() {
        return target().stream().flatMap(stage -> stage.steps().stream());
    }

    private static boolean isPattern(String source) {
        return source.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    /** {@return the COPY instructions of the target stage, in their order} */
    List<CopyStep> copies() {
        return steps().filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .toList();
    }

    /** {@return the paths, relative to the root of the image, to which a COPY brings a path of the context} */
    Stream<String> places(CopyStep copy, String contextPath) {
        return layout.isIgnored(contextPath)
                ? Stream.empty()
                : copy.sources().stream()
                        .flatMap(source -> place(copy, CopySources.trim(source), contextPath).stream());
    }

    private Optional<String> place(CopyStep copy, String source, String contextPath) {
        String destination = CopySources.trim(copy.destination());
        boolean same = contextPath.equals(source);
        if (!same && !source.isEmpty() && !contextPath.startsWith(source + "/")) {
            return Optional.empty();
        }
        if (source.isEmpty() || isDirectory(source)) {
            String rest = source.isEmpty() ? contextPath : contextPath.substring(source.length());
            return Optional.of(CopySources.trim(destination + "/" + rest));
        }
        boolean into = destination.isEmpty()
                || copy.destination().endsWith("/")
                || copy.sources().size() > 1
                || isMadeDirectory(destination);
        return Optional.of(into ? CopySources.trim(destination + "/" + name(source)) : destination);
    }

    private boolean isDirectory(String path) {
        return path.equals(StandardDirectory.REGISTRY)
                || layout.file(path)
                        .filter(it -> it.kind() == ContextFile.Kind.DIRECTORY)
                        .isPresent();
    }

    /** {@return whether a COPY creates the destination as a directory, so that a single file is copied into it} */
    private boolean isMadeDirectory(String destination) {
        return copies().stream()
                .anyMatch(copy -> CopySources.trim(copy.destination()).startsWith(destination + "/")
                        || (CopySources.trim(copy.destination()).equals(destination)
                                && (copy.destination().endsWith("/")
                                        || copy.sources().stream()
                                                .map(CopySources::trim)
                                                .anyMatch(it -> it.isEmpty() || isDirectory(it)))));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return whether a COPY brings a file of the context to this path of the image} */
    boolean has(String imagePath) {
        return copies().stream()
                .flatMap(copy -> copy.sources().stream().flatMap(it -> source(copy, CopySources.trim(it), imagePath)))
                .anyMatch(path -> layout.file(path).isPresent() && !layout.isIgnored(path));
    }

    private Stream<String> source(CopyStep copy, String source, String imagePath) {
        if (!source.isEmpty() && !isDirectory(source)) {
            return Stream.of(source)
                    .filter(it -> place(copy, it, it).filter(imagePath::equals).isPresent());
        }
        String destination = CopySources.trim(copy.destination());
        boolean below = destination.isEmpty() || imagePath.startsWith(destination + "/");
        return below
                ? Stream.of(CopySources.trim(source + "/" + imagePath.substring(destination.length())))
                : Stream.empty();
    }
}
