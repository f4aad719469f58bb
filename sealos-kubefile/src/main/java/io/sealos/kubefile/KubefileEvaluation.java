package io.sealos.kubefile;

import java.util.List;

/** What a Kubefile comes to: its stages, the configuration and what is copied. Immutable. */
public final class KubefileEvaluation {
    private final List<Stage> stages;
    private final Trace trace;
    private final List<KubefileProblem> warnings;

    KubefileEvaluation(List<Stage> stages, Trace trace, List<KubefileProblem> warnings) {
        this.stages = List.copyOf(stages);
        this.trace = trace;
        this.warnings = List.copyOf(warnings);
    }

    /** {@return the stages that are needed, in order; the last one is the target} */
    public List<Stage> stages() {
        return stages;
    }

    /** {@return the target stage} */
    public Stage target() {
        return stages.get(stages.size() - 1);
    }

    /** {@return the configuration of the target} */
    public ContainerConfig config() {
        return target().config();
    }

    /** {@return what the target itself copies, without its base} */
    public List<CopyStep> copies() {
        return target().steps().stream()
                .filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .toList();
    }

    /** {@return what cannot be built without a container or a network, in all stages} */
    public List<RefusedStep> refusals() {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(RefusedStep.class::isInstance)
                .map(RefusedStep.class::cast)
                .toList();
    }

    /** {@return where each value comes from} */
    public Trace trace() {
        return trace;
    }

    /** {@return what is accepted but has no effect: instructions, and build arguments that no ARG declares} */
    public List<KubefileProblem> warnings() {
        return warnings;
    }
}
