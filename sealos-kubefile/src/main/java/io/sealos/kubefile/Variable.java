package io.sealos.kubefile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A variable that an instruction uses: its value and the origin of the value. Immutable. */
public final class Variable {
    /** The origin of the value of a variable. */
    public enum Origin {
        /** Set by ENV. */
        ENV,
        /** The default of an ARG. */
        ARG_DEFAULT,
        /** Given with the build options. */
        OPTION,
        /** Predefined, such as TARGETPLATFORM or the default PATH. */
        PREDEFINED,
        /** Inherited from the configuration of the base. */
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

    /** {@return the origin of the value} */
    public Origin origin() {
        return origin;
    }

    /** {@return the instruction that sets it; empty if none does} */
    public Optional<Instruction> instruction() {
        return Optional.ofNullable(instruction);
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
