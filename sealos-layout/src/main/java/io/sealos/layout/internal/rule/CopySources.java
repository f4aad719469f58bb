package io.sealos.layout.internal.rule;

import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.VolumeStep;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.layout.ClusterImageLayout;
import java.util.List;

/** The files that COPY brings from the context into the image. */
final class CopySources {
    private final ClusterImageLayout layout;

    CopySources(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** {@return whether all files of the image come from the context} */
    boolean areKnown() {
        return layout.evaluation()
                .map(it -> it.target())
                .filter(Stage::isFromScratch)
                .filter(it -> it.config().workingDir().orElse("/").equals("/"))
                .filter(it -> it.steps().stream().allMatch(CopySources::isPlain))
                .isPresent();
    }

    /** {@return whether the step is a COPY from the context or only creates directories} */
    static boolean isPlain(BuildStep step) {
        boolean copy = step instanceof CopyStep it && !it.isAdd() && it.from().isEmpty();
        return copy || step instanceof WorkdirStep || step instanceof VolumeStep;
    }

    /** {@return whether a COPY would bring the path if its source existed, which copy-source-missing reports} */
    boolean isPromised(String imagePath) {
        SourceMatches matches = new SourceMatches(layout);
        return layout.copies().stream()
                .anyMatch(copy -> isBelow(trim(copy.destination()), imagePath)
                        && !matches.missing(copy).isEmpty());
    }

    private static boolean isBelow(String directory, String path) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }

    static String trim(String path) {
        List<String> names = List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        return String.join("/", names);
    }
}
