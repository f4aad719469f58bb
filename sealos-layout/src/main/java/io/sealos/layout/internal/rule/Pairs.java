package io.sealos.layout.internal.rule;

import io.sealos.kubefile.Argument;
import io.sealos.kubefile.EnvInstruction;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KeyValue;
import io.sealos.kubefile.LabelInstruction;
import io.sealos.kubefile.SourceRange;
import java.util.List;
import java.util.Optional;

/** The pairs of keys and values of an ENV or LABEL. */
final class Pairs {
    private Pairs() {}

    static List<KeyValue> of(Instruction instruction) {
        if (instruction instanceof EnvInstruction env) {
            return env.variables();
        }
        return instruction instanceof LabelInstruction label ? label.labels() : List.of();
    }

    static Optional<KeyValue> pair(Instruction instruction, String key) {
        return of(instruction).stream()
                .filter(pair -> unquoted(pair.key()).equals(key))
                .reduce((earlier, later) -> later);
    }

    /** {@return a word as written, without quotes and backslashes} */
    static String unquoted(Argument word) {
        return word.text().replaceAll("[\"'\\\\]", "");
    }

    /** {@return the place of the value of a key; the instruction if the key is not found as written} */
    static SourceRange place(Instruction instruction, String key) {
        return pair(instruction, key).map(pair -> pair.value().range()).orElse(instruction.range());
    }
}
