package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers problems, so that all are reported in one go: the first 1,000 of them, and how many more there are. */
final class Problems {
    private static final int MOST = 1000;

    private final List<KubefileProblem> found = new ArrayList<>();
    private @Nullable SourceRange firstLeftOut;
    private int leftOut;

    void add(SourceRange range, String message) {
        add(new KubefileProblem(message, range, null));
    }

    void add(SourceRange range, String message, String suggestion) {
        add(new KubefileProblem(message, range, suggestion));
    }

    void addAll(List<KubefileProblem> others) {
        others.forEach(this::add);
    }

    private void add(KubefileProblem problem) {
        if (found.size() < MOST && problem.leftOut() == 0) {
            found.add(problem);
        } else {
            firstLeftOut = firstLeftOut == null ? problem.range() : firstLeftOut;
            leftOut += Math.max(1, problem.leftOut());
        }
    }

    /** Whether there are so many that no more are kept. */
    boolean areTooMany() {
        return leftOut > 0;
    }

    /** Adds those that blame something else than what is blamed already. */
    void addNew(List<KubefileProblem> others) {
        Set<SourceRange> blamed = found.stream().map(KubefileProblem::range).collect(Collectors.toSet());
        others.stream().filter(other -> !blamed.contains(other.range())).forEach(this::add);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<KubefileProblem> list() {
        return withCount(found);
    }

    private List<KubefileProblem> withCount(List<KubefileProblem> problems) {
        List<KubefileProblem> all = new ArrayList<>(problems);
        if (firstLeftOut != null) {
            all.add(KubefileProblem.ofLeftOut(firstLeftOut, leftOut));
        }
        return List.copyOf(all);
    }

    /** In the order of the text, within one source. */
    List<KubefileProblem> sorted() {
        List<KubefileProblem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(problem -> problem.range().startOffset()));
        return withCount(sorted);
    }
}
