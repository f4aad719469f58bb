package io.sealos.kubefile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instruction that cannot be built without a container, a network or an image that is not known. Immutable. */
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

    /** {@return why it cannot be built} */
    public String reason() {
        return problem.message();
    }

    /**
     * {@return the image that is missing; with its {@link BuildOptions#baseConfigs() configuration} the step is none}
     */
    public Optional<String> missingImage() {
        return Optional.ofNullable(image);
    }

    /** {@return reason, place and fix} */
    public KubefileProblem problem() {
        return problem;
    }
}
