package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers problems, so that all are reported in one go. */
final class Problems {
    private final List<KubefileProblem> found = new ArrayList<>();

    void add(SourceRange range, String message) {
        found.add(new KubefileProblem(message, range, null));
    }

    void add(SourceRange range, String message, String suggestion) {
        found.add(new KubefileProblem(message, range, suggestion));
    }

    void addAll(List<KubefileProblem> others) {
        found.addAll(others);
    }

    /** Adds those that blame something else than what is blamed already. */
    void addNew(List<KubefileProblem> others) {
        Set<SourceRange> blamed = found.stream().map(KubefileProblem::range).collect(Collectors.toSet());
        others.stream().filter(other -> !blamed.contains(other.range())).forEach(found::add);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<KubefileProblem> list() {
        return List.copyOf(found);
    }

    /** In the order of the text, within one source. */
    List<KubefileProblem> sorted() {
        List<KubefileProblem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(problem -> problem.range().startOffset()));
        return List.copyOf(sorted);
    }
}
