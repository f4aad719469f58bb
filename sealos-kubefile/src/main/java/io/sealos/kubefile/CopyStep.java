package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A step that copies the files of a COPY or ADD instruction. Its sources, destination and flags have their variables
 * expanded. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CopyStep implements BuildStep {
    private final Instruction instruction;
    private final List<String> sources;
    private final String destination;
    private final CopyFlags flags;
    private final int fromStage;

    CopyStep(Instruction instruction, List<String> sources, String destination, CopyFlags flags, int fromStage) {
        this.instruction = instruction;
        this.sources = List.copyOf(sources);
        this.destination = destination;
        this.flags = flags;
        this.fromStage = fromStage;
    }

    @Override
    public Instruction instruction() {
        return instruction;
    }

    /** {@return whether the instruction is ADD, which unpacks archives} */
    public boolean isAdd() {
        return instruction instanceof AddInstruction;
    }

    /** {@return the sources, which may be patterns; an empty source stands for the whole context} */
    public List<String> sources() {
        return sources;
    }

    /** {@return the absolute destination; a trailing slash is kept} */
    public String destination() {
        return destination;
    }

    /** {@return the value of {@code --from}, with variables expanded; empty if the files come from the context} */
    public Optional<String> from() {
        return value(flags.from());
    }

    /**
     * {@return the index of the stage that {@code --from} names; empty if it names an image, or if the files come from
     * the context}
     */
    public OptionalInt fromStage() {
        return fromStage < 0 ? OptionalInt.empty() : OptionalInt.of(fromStage);
    }

    /** {@return the value of {@code --chown}, such as {@code user:group}; empty if the flag is absent} */
    public Optional<String> chown() {
        return value(flags.chown());
    }

    /** {@return the value of {@code --chmod} in octal digits; empty if the flag is absent} */
    public Optional<String> chmod() {
        return value(flags.chmod());
    }

    private static Optional<String> value(@Nullable String value) {
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CopyStep that
                && instruction.equals(that.instruction)
                && sources.equals(that.sources)
                && destination.equals(that.destination)
                && flags.equals(that.flags)
                && fromStage == that.fromStage;
    }

    @Override
    public int hashCode() {
        return Objects.hash(instruction, sources, destination, flags, fromStage);
    }

    /** {@return the instruction} */
    @Override
    public String toString() {
        return instruction.toString();
    }
}
