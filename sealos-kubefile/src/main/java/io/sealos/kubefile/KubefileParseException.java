package io.sealos.kubefile;

import java.util.List;
import java.util.stream.Collectors;

/** A text is no Kubefile. Carries all of its problems, in the order of the text. */
public final class KubefileParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<KubefileProblem> problems;

    KubefileParseException(List<KubefileProblem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return every problem, never none} */
    public List<KubefileProblem> problems() {
        return problems;
    }

    static String describe(List<KubefileProblem> problems) {
        return problems.stream().map(KubefileProblem::toString).collect(Collectors.joining("\n"));
    }
}
