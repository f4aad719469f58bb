package io.sealos.kubefile;

import java.util.List;

/** One instruction of a Kubefile: parsed, located, spelt as in the source. Immutable. */
public sealed interface Instruction
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

    /** {@return the keyword in capitals} */
    String keyword();

    /** {@return the keyword as it is written, and where} */
    Argument writtenKeyword();

    /** {@return from the keyword to the end of the last line, heredocs included} */
    SourceRange range();

    /** {@return the flags before the arguments} */
    List<Flag> flags();

    /** {@return the arguments as written; a text that is not split into words is one argument} */
    List<Argument> arguments();

    /** {@return whether the arguments are a JSON array} */
    boolean isJson();

    /** {@return the heredocs that follow} */
    List<Heredoc> heredocs();
}
