package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The instructions that a base image puts off to the builds from it, as ONBUILD had them. */
final class Triggers {
    private static final Set<String> REFUSED = Set.of("ONBUILD", "FROM", "MAINTAINER");

    private Triggers() {}

    /** The instructions, in a source of their own, which messages name after the image. */
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
