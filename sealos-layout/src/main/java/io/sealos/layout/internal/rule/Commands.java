package io.sealos.layout.internal.rule;

import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.TraceEntry;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of an image, and the instructions that set them. */
final class Commands {
    private static final List<String> KEYWORDS = List.of("ENTRYPOINT", "CMD");

    private final ClusterImageLayout layout;

    Commands(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** {@return the ENTRYPOINT and CMD in effect, in the order in which sealos runs them} */
    List<Instruction> instructions() {
        return layout.evaluation().stream()
                .flatMap(it -> KEYWORDS.stream().flatMap(keyword -> last(it, keyword)))
                .toList();
    }

    // An instruction of an earlier stage does not apply to the target.
    private static Stream<Instruction> last(KubefileEvaluation evaluation, String keyword) {
        boolean set = !(keyword.equals("CMD")
                        ? evaluation.config().cmd()
                        : evaluation.config().entrypoint())
                .isEmpty();
        return evaluation.trace().field(keyword).filter(it -> set).flatMap(TraceEntry::instruction).stream();
    }

    Optional<SealosRuntime> runtime() {
        return layout.evaluation().map(it -> SealosRuntime.of(it.config()));
    }

    /**
     * {@return the place of a text in the commands; the first instruction if none has it; empty if there are no
     * commands}
     */
    Optional<SourceRange> place(String text) {
        return instructions().stream()
                .filter(it -> it.range().text().contains(text))
                .findFirst()
                .or(() -> instructions().stream().findFirst())
                .map(it -> argument(it, text));
    }

    private static SourceRange argument(Instruction instruction, String text) {
        return instruction.arguments().stream()
                .filter(argument -> instruction.isJson() && argument.text().contains(text))
                .findFirst()
                .map(argument -> argument.range())
                .orElse(instruction.range());
    }

    /** Reports the place of a text in the commands, or the build file if there is none. */
    void report(FindingSink findings, String text, String message, String fix) {
        Optional<SourceRange> place = place(text);
        if (place.isPresent()) {
            findings.report(place.get(), message, fix);
        } else {
            findings.report(BuildFiles.NAMES.get(1), message, fix);
        }
    }
}
