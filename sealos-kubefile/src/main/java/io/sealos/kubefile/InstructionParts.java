package io.sealos.kubefile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an instruction, as the parser reads them. */
record InstructionParts(
        String keyword,
        Argument written,
        SourceRange range,
        List<Flag> flags,
        List<Argument> arguments,
        boolean json,
        List<Heredoc> heredocs,
        @Nullable Instruction trigger) {

    InstructionParts withRange(SourceRange whole, List<Heredoc> bodies) {
        return new InstructionParts(keyword, written, whole, flags, arguments, json, bodies, trigger);
    }
}
