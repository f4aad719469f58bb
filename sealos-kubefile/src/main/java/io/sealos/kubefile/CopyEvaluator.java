package io.sealos.kubefile;

import io.sealos.kubefile.internal.paths.PathNames;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Evaluates COPY and ADD. */
final class CopyEvaluator {
    private final StageContext context;

    CopyEvaluator(StageContext context) {
        this.context = context;
    }

    BuildStep evaluate(Instruction instruction, Expansion words, Expansion flagWords, String workingDir) {
        if (!instruction.heredocs().isEmpty()) {
            return new RefusedStep(
                    instruction,
                    "buildah 1.30, which sealos builds with, knows no heredocs",
                    "Put the text into a file of the context and COPY that.");
        }
        List<String> paths = words.arguments();
        requireDestination(instruction, paths);
        CopyFlags flags = CopyFlags.of(instruction, flag -> flagWords.expand(flag, instruction.range()));
        String destination = PathNames.absolute(paths.get(paths.size() - 1), workingDir);
        List<String> sources = paths.subList(0, paths.size() - 1);
        if (sources.stream().anyMatch(CopyEvaluator::isUrl)) {
            return refuseUrl(instruction);
        }
        int stage = flags.from() == null || flags.from().isEmpty() ? -1 : stage(flags.from());
        if (stage == NO_STAGE && !isKnownImage(flags.from())) {
            return refuseImage(instruction, String.valueOf(flags.from()));
        }
        return new CopyStep(instruction, sources, destination, flags, stage);
    }

    private static final int NO_STAGE = -2;

    private static void requireDestination(Instruction instruction, List<String> paths) {
        if (paths.size() < 2) {
            throw new EvaluationProblem(
                    instruction.range(),
                    instruction.keyword() + " needs a source and a destination",
                    paths.isEmpty()
                            ? "Write " + instruction.keyword() + " source destination."
                            : "Write " + instruction.keyword() + " " + paths.get(0) + " " + paths.get(0) + ".");
        }
    }

    private static boolean isUrl(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    private static BuildStep refuseUrl(Instruction instruction) {
        if (instruction instanceof CopyInstruction) {
            throw new EvaluationProblem(
                    instruction.range(), "COPY cannot fetch a URL", "Download the file into the context and COPY it.");
        }
        return new RefusedStep(
                instruction, "ADD of a URL needs a network", "Download the file into the context and COPY it.");
    }

    private boolean isKnownImage(@Nullable String from) {
        return from != null && !isStage(from) && context.options().baseConfigs().containsKey(from);
    }

    private BuildStep refuseImage(Instruction instruction, String from) {
        return new RefusedStep(
                instruction,
                isStage(from) ? null : from,
                "--from=" + from + " names no earlier stage" + (isStage(from) ? "" : ", and no image that is at hand"),
                "Name a stage that stands before this one.");
    }

    /** {@return whether the value of --from names a stage, including those that cannot be copied from} */
    private boolean isStage(String from) {
        return NeededStages.index(from).isPresent()
                || context.sources().stream().anyMatch(source -> source.name().equals(from));
    }

    // The last stage of that name counts. It may be this stage itself, from which nothing can be copied.
    private int stage(String from) {
        OptionalInt index = NeededStages.index(from);
        if (index.isPresent() && index.getAsInt() >= context.sources().size()) {
            return NO_STAGE;
        }
        String name =
                index.isPresent() ? context.sources().get(index.getAsInt()).name() : from;
        if (context.source().name().equals(name)) {
            return NO_STAGE;
        }
        Stage found = context.done().get(name);
        return found == null ? NO_STAGE : found.index();
    }
}
