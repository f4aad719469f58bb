package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds what else is wrong with a Kubefile that has syntax errors. An instruction with a syntax error may set a
 * variable or begin a stage. So only problems of other instructions count, and only those that would remain whatever
 * the variables and stages are.
 */
final class IndependentProblems {
    private final List<SourceText> sources;
    /** The instructions without syntax errors, by the offsets at which they begin. */
    private final Map<SourceText, NavigableMap<Integer, Instruction>> sound = new HashMap<>();

    private IndependentProblems(KubefileParseResult parsed) {
        this.sources = parsed.kubefile().sources();
        StageSource.split(parsed.kubefile().instructions()).stream()
                .filter(stage -> stage.from().isPresent())
                .flatMap(stage -> stage.instructions().stream())
                .forEach(it -> sound.computeIfAbsent(it.range().source(), source -> new TreeMap<>())
                        .put(it.range().startOffset(), it));
        parsed.problems().forEach(this::remove);
    }

    /** {@return the result with these problems, in the order of the text} */
    static KubefileParseResult addedTo(KubefileParseResult parsed) {
        if (parsed.problems().stream().anyMatch(problem -> problem.leftOut() > 0)) {
            return parsed;
        }
        IndependentProblems independent = new IndependentProblems(parsed);
        List<KubefileProblem> all = new ArrayList<>(parsed.problems());
        Evaluator.independentProblems(parsed.kubefile()).stream()
                .filter(independent::isOfSoundInstruction)
                .forEach(all::add);
        all.sort(Comparator.comparingInt((KubefileProblem problem) ->
                        independent.sources.indexOf(problem.range().source()))
                .thenComparingInt(problem -> problem.range().startOffset()));
        return new KubefileParseResult(parsed.kubefile(), all);
    }

    private void remove(KubefileProblem syntax) {
        if (isOfSoundInstruction(syntax)) {
            instructions(syntax)
                    .remove(instructions(syntax).floorKey(syntax.range().startOffset()));
        }
    }

    private boolean isOfSoundInstruction(KubefileProblem problem) {
        Map.Entry<Integer, Instruction> before =
                instructions(problem).floorEntry(problem.range().startOffset());
        return before != null
                && problem.leftOut() == 0
                && problem.range().startOffset() < before.getValue().range().endOffset();
    }

    private NavigableMap<Integer, Instruction> instructions(KubefileProblem problem) {
        return sound.getOrDefault(problem.range().source(), new TreeMap<>());
    }
}
