package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the ONBUILD instructions of a base image. */
final class Triggers {
    private static final Set<String> REFUSED = Set.of("ONBUILD", "FROM", "MAINTAINER");

    private Triggers() {}

    /** {@return the instructions, in a source of their own that has the name of the image in messages} */
    static List<Instruction> parse(List<String> triggers, String image, Problems problems) {
        if (triggers.isEmpty()) {
            return List.of();
        }
        SourceText source = new SourceText(String.join("\n", triggers), "ONBUILD of " + image);
        List<Instruction> allowed = new ArrayList<>();
        for (Instruction instruction : new KubefileParser(source, problems).parse()) {
            if (REFUSED.contains(instruction.keyword())) {
                problems.add(
                        instruction.range(),
                        "a base image cannot put off " + instruction.keyword(),
                        "Use another base image: no engine builds from this one.");
            } else {
                allowed.add(instruction);
            }
        }
        return allowed;
    }
}
