package io.sealos.layout;

import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileProblem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The build files of a layout, with the Kubefile and its evaluation if they have no problems. */
record OpenedBuild(
        List<Path> files,
        @Nullable Kubefile kubefile,
        @Nullable KubefileEvaluation evaluation,
        List<KubefileProblem> problems,
        IgnoreRules ignoreRules) {
    OpenedBuild {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    static OpenedBuild invalid(List<Path> files, List<KubefileProblem> problems, IgnoreRules ignoreRules) {
        return new OpenedBuild(files, null, null, problems, ignoreRules);
    }
}
