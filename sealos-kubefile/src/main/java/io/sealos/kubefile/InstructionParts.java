package io.sealos.kubefile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parser found out about an instruction of whatever kind. */
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
