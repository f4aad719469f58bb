package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluated stage of a Kubefile. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
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

    /** {@return the index among all stages of the Kubefile, from 0} */
    public int index() {
        return index;
    }

    /** {@return the name that AS gives the stage; empty if there is no AS} */
    public Optional<String> name() {
        return from.stageName().map(Argument::text);
    }

    /** {@return the base in FROM, with variables expanded} */
    public String base() {
        return base;
    }

    /** {@return the earlier stage that is the base; empty for an image or {@code scratch}} */
    public Optional<Stage> baseStage() {
        return Optional.ofNullable(baseStage);
    }

    /** {@return whether the base is {@code scratch}} */
    public boolean isFromScratch() {
        return baseStage == null && base.equals("scratch");
    }

    /** {@return the FROM instruction} */
    public FromInstruction from() {
        return from;
    }

    /** {@return the platform in FROM, or that of the build if FROM gives none} */
    public Platform platform() {
        return platform;
    }

    /** {@return the steps of building the stage, in order} */
    public List<BuildStep> steps() {
        return steps;
    }

    /** {@return the configuration at the end of the stage, including that of the base} */
    public ContainerConfig config() {
        return config;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stage that
                && index == that.index
                && from.equals(that.from)
                && base.equals(that.base)
                && Objects.equals(baseStage, that.baseStage)
                && platform.equals(that.platform)
                && steps.equals(that.steps)
                && config.equals(that.config);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, from, base, baseStage, platform, steps, config);
    }

    /** {@return the index, the base and the platform} */
    @Override
    public String toString() {
        return index + " from " + base + " for " + platform;
    }
}
