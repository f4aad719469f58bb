package io.sealos.kubefile;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A variable that an instruction uses: its value and the origin of the value. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Variable {
    /** The origin of the value of a variable. */
    public enum Origin {
        /** The variable is set by ENV. */
        ENV,
        /** The value is the default of an ARG. */
        ARG_DEFAULT,
        /** The value is given by the build options. */
        OPTION,
        /** The variable is predefined, such as TARGETPLATFORM or the default PATH. */
        PREDEFINED,
        /** The variable is inherited from the configuration of the base. */
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

    /** {@return the instruction that sets the variable; empty if none does} */
    public Optional<Instruction> instruction() {
        return Optional.ofNullable(instruction);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable that
                && name.equals(that.name)
                && value.equals(that.value)
                && origin.equals(that.origin)
                && Objects.equals(instruction, that.instruction);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value, origin, instruction);
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
