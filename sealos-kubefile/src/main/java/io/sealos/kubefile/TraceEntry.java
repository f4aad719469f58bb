package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The setting of a value of a configuration, with the instruction that sets it and the variables that it uses.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
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

    /** {@return the keyword of the instruction that sets the field, such as {@code ENV}} */
    public String field() {
        return field;
    }

    /** {@return the key of ENV or LABEL; an empty string for other fields} */
    public String key() {
        return key;
    }

    /** {@return the value} */
    public String value() {
        return value;
    }

    /** {@return the instruction that sets the value; empty if the build options set it} */
    public Optional<Instruction> instruction() {
        return Optional.ofNullable(instruction);
    }

    /** {@return the variables that the instruction uses} */
    public List<Variable> variables() {
        return variables;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceEntry that
                && field.equals(that.field)
                && key.equals(that.key)
                && value.equals(that.value)
                && Objects.equals(instruction, that.instruction)
                && variables.equals(that.variables);
    }

    @Override
    public int hashCode() {
        return Objects.hash(field, key, value, instruction, variables);
    }

    /** {@return the value with its field and the place of its instruction} */
    @Override
    public String toString() {
        return field + " " + (key.isEmpty() ? "" : key + "=") + value
                + (instruction == null ? "" : " by " + instruction.range());
    }
}
