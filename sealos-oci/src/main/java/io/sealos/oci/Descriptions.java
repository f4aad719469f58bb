package io.sealos.oci;

import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.SourceRange;
import java.util.ArrayList;
import java.util.List;

/** How instructions are named in the history of an image and in messages. */
final class Descriptions {
    private Descriptions() {}

    /** Place and text of the instruction, on one line, without the directory: it goes into the history of the image. */
    static String of(Instruction instruction) {
        List<String> words = new ArrayList<>();
        words.add(instruction.keyword());
        instruction.flags().forEach(flag -> words.add(flag.toString()));
        instruction.arguments().forEach(argument -> words.add(argument.text()));
        return place(instruction) + ": " + String.join(" ", words);
    }

    /** File and line, such as {@code Kubefile:3}. */
    static String place(Instruction instruction) {
        SourceRange range = instruction.range();
        String source = range.sourceName().orElse("Kubefile");
        String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        return file + ":" + range.start().line();
    }
}
