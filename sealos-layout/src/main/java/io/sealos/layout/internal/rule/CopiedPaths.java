package io.sealos.layout.internal.rule;

import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.VolumeStep;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.List;
import java.util.Optional;

/** Where in the context a path of the image comes from. */
final class CopiedPaths {
    private final ClusterImageLayout layout;

    CopiedPaths(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** Whether all that the image has can be told from the context. */
    boolean areKnown() {
        return layout.evaluation()
                .map(it -> it.target())
                .filter(Stage::fromScratch)
                .filter(it -> it.config().workingDir().orElse("/").equals("/"))
                .filter(it -> it.steps().stream().allMatch(CopiedPaths::isPlain))
                .isPresent();
    }

    private static boolean isPlain(BuildStep step) {
        boolean copy = step instanceof CopyStep it && !it.add() && it.from().isEmpty();
        return copy || step instanceof WorkdirStep || step instanceof VolumeStep;
    }

    /** The file or folder that a COPY brings to a path of the image, the path relative to the root. */
    Optional<ContextFile> source(String imagePath) {
        return layout.copies().stream()
                .flatMap(copy -> copy.sources().stream().flatMap(source -> source(copy, source, imagePath).stream()))
                .filter(file -> !layout.isIgnored(file.path()))
                .findFirst();
    }

    /** Whether a COPY would bring it if only its source were there, which copy-source-missing reports. */
    boolean isPromised(String imagePath) {
        return layout.copies().stream()
                .anyMatch(copy -> below(trim(copy.destination()), imagePath).isPresent()
                        && copy.sources().stream()
                                .anyMatch(source -> layout.file(source).isEmpty()));
    }

    private Optional<ContextFile> source(CopyStep copy, String source, String imagePath) {
        String target = trim(copy.destination());
        int name = source.lastIndexOf('/') + 1;
        boolean pattern = source.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
        String folder = pattern ? source.substring(0, name) : source;
        Optional<String> inside = below(target, imagePath);
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        Optional<ContextFile> whole = layout.file(folder.isEmpty() ? "." : folder);
        if (whole.filter(file -> !isFolder(file)).isPresent()) {
            boolean same = inside.get().isEmpty() || inside.get().equals(source.substring(name));
            return whole.filter(file -> same);
        }
        return rendered(trim(folder) + "/" + inside.get());
    }

    /** Templates of these folders lie there without their ending when a command runs. */
    private Optional<ContextFile> rendered(String path) {
        return layout.file(path)
                .or(() -> layout.file(path + Templates.SUFFIX))
                .or(() -> layout.file(path + Templates.DELETED_SUFFIX));
    }

    private static boolean isFolder(ContextFile file) {
        return file.kind() == ContextFile.Kind.FOLDER
                || (file.kind() == ContextFile.Kind.LINK && file.text().isEmpty());
    }

    private static Optional<String> below(String folder, String path) {
        if (folder.isEmpty()) {
            return Optional.of(path);
        }
        if (path.equals(folder)) {
            return Optional.of("");
        }
        return path.startsWith(folder + "/") ? Optional.of(path.substring(folder.length() + 1)) : Optional.empty();
    }

    static String trim(String path) {
        List<String> names = List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        return String.join("/", names);
    }
}
