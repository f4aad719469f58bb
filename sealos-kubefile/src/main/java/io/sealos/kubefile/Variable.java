package io.sealos.kubefile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A variable as an instruction saw it: its value, and where that came from. Immutable. */
public final class Variable {
    /** Where a variable comes from. */
    public enum Origin {
        /** Set by ENV. */
        ENV,
        /** The default of an ARG. */
        ARG_DEFAULT,
        /** Given with the build options. */
        OPTION,
        /** Known without anybody setting it. */
        PREDEFINED,
        /** From the configuration of the base. */
        BASE
    }

    private final String name;
    private final String value;
    private final Origin origin;
    private final @Nullable Instruction instruction;

    Variable(String name, String value, Origin origin, @Nullable Instruction instruction) {
        this.name = name;
        this.value = value;
        this.origin = origin;
        this.instruction = instruction;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the value} */
    public String value() {
        return value;
    }

    /** {@return where the value comes from} */
    public Origin origin() {
        return origin;
    }

    /** {@return the instruction that set it, where one did} */
    public Optional<Instruction> instruction() {
        return Optional.ofNullable(instruction);
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
