package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the problems of a Kubefile to report them together. Keeps the first 1,000, and the number of the rest. */
final class Problems {
    private static final int MOST = 1000;

    private final List<KubefileProblem> found = new ArrayList<>();
    private @Nullable SourceRange firstLeftOut;
    private int leftOut;
    private boolean variablesInDoubt;

    void add(SourceRange range, String message) {
        add(new KubefileProblem(message, range, null));
    }

    void add(SourceRange range, String message, String suggestion) {
        add(new KubefileProblem(message, range, suggestion));
    }

    void addAll(List<KubefileProblem> others) {
        others.forEach(this::add);
    }

    /** {@return whether an instruction that sets variables has failed} Problems that depend on variables may follow. */
    boolean areVariablesInDoubt() {
        return variablesInDoubt;
    }

    /** States that instructions which may set variables have failed. */
    void doubtVariables() {
        variablesInDoubt = true;
    }

    /** Counts a problem whose text nobody sees because there are too many. */
    void addLeftOut() {
        leftOut++;
    }

    private void add(KubefileProblem problem) {
        if (found.size() < MOST && problem.leftOut() == 0) {
            found.add(problem);
        } else {
            firstLeftOut = firstLeftOut == null ? problem.range() : firstLeftOut;
            leftOut += Math.max(1, problem.leftOut());
        }
    }

    /** {@return whether there are more problems than are kept} */
    boolean areTooMany() {
        return leftOut > 0;
    }

    /** Adds the problems whose place has no problem yet. */
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

    /** {@return the problems of one source, in the order of its text} */
    List<KubefileProblem> sorted() {
        List<KubefileProblem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(problem -> problem.range().startOffset()));
        return withCount(sorted);
    }
}
