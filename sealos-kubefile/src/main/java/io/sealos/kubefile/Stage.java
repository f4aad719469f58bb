package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stage of a Kubefile, evaluated. Immutable. */
public final class Stage {
    private final int index;
    private final FromInstruction from;
    private final String base;
    private final @Nullable Stage baseStage;
    private final Platform platform;
    private final List<BuildStep> steps;
    private final ContainerConfig config;

    Stage(StageState state) {
        this.index = state.index();
        this.from = state.from();
        this.base = state.base();
        this.baseStage = state.baseStage();
        this.platform = state.platform();
        this.steps = state.steps();
        this.config = state.config();
    }

    /** {@return the place among all stages of the file, from 0} */
    public int index() {
        return index;
    }

    /** {@return the name that AS gives it} */
    public Optional<String> name() {
        return from.stageName().map(Argument::text);
    }

    /** {@return what FROM names, variables expanded} */
    public String base() {
        return base;
    }

    /** {@return the earlier stage that this one continues, where the base is one} */
    public Optional<Stage> baseStage() {
        return Optional.ofNullable(baseStage);
    }

    /** {@return whether this stage begins with nothing} */
    public boolean fromScratch() {
        return baseStage == null && base.equals("scratch");
    }

    /** {@return the FROM instruction} */
    public FromInstruction from() {
        return from;
    }

    /** {@return the platform: that of FROM, or of the build} */
    public Platform platform() {
        return platform;
    }

    /** {@return what building has to do, in order} */
    public List<BuildStep> steps() {
        return steps;
    }

    /** {@return the configuration that results, that of the base included} */
    public ContainerConfig config() {
        return config;
    }
}
