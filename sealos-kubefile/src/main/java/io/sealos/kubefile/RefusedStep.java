package io.sealos.kubefile;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step for an instruction that cannot be built, because it needs a container, a network or an unknown image.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RefusedStep implements BuildStep {
    private final KubefileProblem problem;
    private final Instruction instruction;
    private final @Nullable String image;

    RefusedStep(Instruction instruction, String reason, String suggestion) {
        this(instruction, null, reason, suggestion);
    }

    RefusedStep(Instruction instruction, @Nullable String image, String reason, String suggestion) {
        this.instruction = instruction;
        this.image = image;
        this.problem = new KubefileProblem(reason, instruction.range(), suggestion);
    }

    @Override
    public Instruction instruction() {
        return instruction;
    }

    /** {@return the reason, in one sentence without place or fix} */
    public String reason() {
        return problem.message();
    }

    /**
     * {@return the image that is missing; empty if the step is refused for another reason} The step is not refused if
     * the options have the {@link BuildOptions#baseConfigs() configuration} of the image.
     */
    public Optional<String> missingImage() {
        return Optional.ofNullable(image);
    }

    /** {@return the reason with its place and fix} */
    public KubefileProblem problem() {
        return problem;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RefusedStep that
                && instruction.equals(that.instruction)
                && problem.equals(that.problem)
                && Objects.equals(image, that.image);
    }

    @Override
    public int hashCode() {
        return Objects.hash(instruction, problem, image);
    }

    /** {@return the problem with its place} */
    @Override
    public String toString() {
        return problem.toString();
    }
}
