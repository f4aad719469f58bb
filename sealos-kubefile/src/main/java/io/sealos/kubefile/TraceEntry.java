package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One setting: what was set to what, by which instruction, using which variables. Immutable. */
public final class TraceEntry {
    private final String field;
    private final String key;
    private final String value;
    private final @Nullable Instruction instruction;
    private final List<Variable> variables;

    TraceEntry(String field, String key, String value, @Nullable Instruction instruction, List<Variable> variables) {
        this.field = field;
        this.key = key;
        this.value = value;
        this.instruction = instruction;
        this.variables = List.copyOf(variables);
    }

    /** {@return the keyword of the instruction that sets it, such as ENV} */
    public String field() {
        return field;
    }

    /** {@return the key, for ENV and LABEL; empty otherwise} */
    public String key() {
        return key;
    }

    /** {@return the value, as set} */
    public String value() {
        return value;
    }

    /** {@return the instruction; nothing where the build options set it} */
    public Optional<Instruction> instruction() {
        return Optional.ofNullable(instruction);
    }

    /** {@return the variables that the instruction used} */
    public List<Variable> variables() {
        return variables;
    }
}
