package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.WordExpander;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Finds the stages that the target needs. Buildah does not evaluate any other stage. */
final class NeededStages {
    private final List<StageSource> stages;
    private final UnaryOperator<String> expand;
    private final Problems problems;
    private final Map<String, Integer> known = new HashMap<>();

    /**
     * Creates a search in these stages.
     *
     * @param stages the stages up to the target
     * @param expand expands variables with the ARGs before the first FROM and those of the caller, but not those of the
     *     stage
     * @param problems collects the problems
     */
    NeededStages(List<StageSource> stages, UnaryOperator<String> expand, Problems problems) {
        this.stages = stages;
        this.expand = expand;
        this.problems = problems;
    }

    Set<Integer> find() {
        Map<Integer, Set<Integer>> needs = new HashMap<>();
        for (StageSource stage : stages) {
            known.put(stage.name(), stage.index());
            Set<Integer> direct = new LinkedHashSet<>();
            stage.instructions().forEach(instruction -> collect(instruction, direct));
            needs.put(stage.index(), direct);
        }
        Set<Integer> needed = new LinkedHashSet<>();
        mark(stages.size() - 1, needs, needed);
        return needed;
    }

    private static void mark(int target, Map<Integer, Set<Integer>> needs, Set<Integer> needed) {
        Deque<Integer> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            int stage = open.pop();
            if (needed.add(stage)) {
                open.addAll(needs.getOrDefault(stage, Set.of()));
            }
        }
    }

    private void collect(Instruction instruction, Set<Integer> direct) {
        try {
            if (instruction instanceof FromInstruction from) {
                from.base()
                        .map(Argument::text)
                        .filter(base -> !base.equals("scratch"))
                        .ifPresent(base -> addByName(expand.apply(base), direct));
            } else if (instruction instanceof CopyInstruction copy) {
                copy.from().ifPresent(from -> addByNameOrIndex(expand.apply(from), direct));
            }
        } catch (WordExpander.Malformed e) {
            problems.add(instruction.range(), String.valueOf(e.getMessage()), e.suggestion());
        }
    }

    private void addByNameOrIndex(String from, Set<Integer> direct) {
        OptionalInt index = index(from);
        if (index.isEmpty()) {
            addByName(from, direct);
        } else if (index.getAsInt() < stages.size()) {
            addByName(stages.get(index.getAsInt()).name(), direct);
        }
    }

    private void addByName(String name, Set<Integer> direct) {
        Integer stage = known.get(name);
        if (stage != null) {
            direct.add(stage);
        }
    }

    static OptionalInt index(String name) {
        return name.matches("\\+?[0-9]{1,8}") ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }
}
