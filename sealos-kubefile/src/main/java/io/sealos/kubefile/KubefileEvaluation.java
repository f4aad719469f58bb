package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;

/**
 * The result of evaluating a Kubefile: stages, configuration and steps. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KubefileEvaluation {
    private final List<Stage> stages;
    private final Trace trace;
    private final List<KubefileProblem> warnings;

    KubefileEvaluation(List<Stage> stages, Trace trace, List<KubefileProblem> warnings) {
        this.stages = List.copyOf(stages);
        this.trace = trace;
        this.warnings = List.copyOf(warnings);
    }

    /** {@return the stages that the target needs, in the order of the Kubefile; the last one is the target} */
    public List<Stage> stages() {
        return stages;
    }

    /** {@return the target stage} */
    public Stage target() {
        return stages.get(stages.size() - 1);
    }

    /** {@return the configuration of the target stage} */
    public ContainerConfig config() {
        return target().config();
    }

    /** {@return the copy steps of the target stage, without those of its base} */
    public List<CopyStep> copies() {
        return target().steps().stream()
                .filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .toList();
    }

    /** {@return the steps of all stages that cannot be built; empty if the Kubefile can be built} */
    public List<RefusedStep> refusals() {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(RefusedStep.class::isInstance)
                .map(RefusedStep.class::cast)
                .toList();
    }

    /** {@return the trace, which gives the origin of each value} */
    public Trace trace() {
        return trace;
    }

    /** {@return warnings about instructions without effect, and about build arguments that no ARG declares} */
    public List<KubefileProblem> warnings() {
        return warnings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubefileEvaluation that
                && stages.equals(that.stages)
                && trace.equals(that.trace)
                && warnings.equals(that.warnings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stages, trace, warnings);
    }

    /** {@return the stages} */
    @Override
    public String toString() {
        return stages.toString();
    }
}
