package io.sealos.kubefile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of evaluating a stage. */
record StageState(
        int index,
        FromInstruction from,
        String base,
        @Nullable Stage baseStage,
        Platform platform,
        List<BuildStep> steps,
        ContainerConfig config) {}
