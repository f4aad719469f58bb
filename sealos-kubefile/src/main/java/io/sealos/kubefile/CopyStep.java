package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What one COPY or ADD brings, from where, to where: variables expanded. Immutable. */
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

    /** {@return whether archives are unpacked, as ADD does} */
    public boolean add() {
        return instruction instanceof AddInstruction;
    }

    /** {@return the sources, patterns as written; an empty one is the whole context} */
    public List<String> sources() {
        return sources;
    }

    /** {@return the absolute destination, a trailing slash kept} */
    public String destination() {
        return destination;
    }

    /** {@return the stage that is copied from, as {@code --from} has it; nothing for the context} */
    public Optional<String> from() {
        return value(flags.from());
    }

    /** {@return the index of the stage that is copied from; nothing for the context} */
    public OptionalInt fromStage() {
        return fromStage < 0 ? OptionalInt.empty() : OptionalInt.of(fromStage);
    }

    /** {@return the owner, as {@code user:group}} */
    public Optional<String> chown() {
        return value(flags.chown());
    }

    /** {@return the mode, octal} */
    public Optional<String> chmod() {
        return value(flags.chmod());
    }

    private static Optional<String> value(@Nullable String value) {
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
