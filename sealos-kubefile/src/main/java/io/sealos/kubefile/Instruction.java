package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instruction of a Kubefile with its keyword, flags and arguments as written, and its place in the source. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public abstract sealed class Instruction
        permits FromInstruction,
                ArgInstruction,
                EnvInstruction,
                LabelInstruction,
                CopyInstruction,
                AddInstruction,
                CmdInstruction,
                EntrypointInstruction,
                UserInstruction,
                WorkdirInstruction,
                ExposeInstruction,
                VolumeInstruction,
                RunInstruction,
                StopsignalInstruction,
                HealthcheckInstruction,
                OnbuildInstruction,
                ShellInstruction,
                MaintainerInstruction,
                UnknownInstruction {

    final InstructionParts parts;

    Instruction(InstructionParts parts) {
        this.parts = parts;
    }

    /** {@return the keyword in upper case} */
    public final String keyword() {
        return parts.keyword();
    }

    /** {@return the keyword as written, with its place} */
    public final Argument writtenKeyword() {
        return parts.written();
    }

    /** {@return the range from the keyword to the end of the last line, heredocs included} */
    public final SourceRange range() {
        return parts.range();
    }

    /** {@return the flags before the arguments, in the order of the source; empty if there are none} */
    public final List<Flag> flags() {
        return parts.flags();
    }

    /**
     * {@return the arguments as written, in the order of the source; text that is not split into words is one argument}
     */
    public final List<Argument> arguments() {
        return parts.arguments();
    }

    /** {@return whether the arguments are a JSON array} */
    public final boolean isJson() {
        return parts.json();
    }

    /** {@return the heredocs that follow the instruction; empty if there are none} */
    public final List<Heredoc> heredocs() {
        return parts.heredocs();
    }

    final Optional<Argument> argument(int index) {
        return index < arguments().size() ? Optional.of(arguments().get(index)) : Optional.empty();
    }

    final Optional<String> flag(String name) {
        return flags().stream().filter(f -> f.name().equals(name)).findFirst().flatMap(Flag::value);
    }

    final List<KeyValue> pairs() {
        List<KeyValue> pairs = new ArrayList<>();
        for (int at = 0; at + 1 < arguments().size(); at += 2) {
            pairs.add(new KeyValue(arguments().get(at), arguments().get(at + 1)));
        }
        return List.copyOf(pairs);
    }

    /** {@return whether the other object is an equal instruction at the same place of an equal source} */
    @Override
    public final boolean equals(Object other) {
        return other instanceof Instruction that
                && parts.keyword().equals(that.parts.keyword())
                && parts.range().equals(that.parts.range());
    }

    @Override
    public final int hashCode() {
        return parts.range().hashCode();
    }

    /** {@return the text of the instruction in the source} */
    @Override
    public final String toString() {
        return range().text();
    }
}
