package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;

/**
 * The result of a lenient parse: the Kubefile and its problems. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KubefileParseResult {
    private final Kubefile kubefile;
    private final List<KubefileProblem> problems;

    KubefileParseResult(Kubefile kubefile, List<KubefileProblem> problems) {
        this.kubefile = kubefile;
        this.problems = List.copyOf(problems);
    }

    /** {@return the Kubefile with all instructions, including those with problems} */
    public Kubefile kubefile() {
        return kubefile;
    }

    /** {@return the problems in the order of the text; empty if the text is a valid Kubefile} */
    public List<KubefileProblem> problems() {
        return problems;
    }

    /**
     * {@return the Kubefile, if there are no problems}
     *
     * @throws KubefileParseException with the problems, if there are any
     */
    public Kubefile orThrow() {
        if (!problems.isEmpty()) {
            throw new KubefileParseException(problems);
        }
        return kubefile;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubefileParseResult that
                && kubefile.equals(that.kubefile)
                && problems.equals(that.problems);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kubefile, problems);
    }

    /** {@return the problems} */
    @Override
    public String toString() {
        return problems.isEmpty() ? "no problems" : problems.toString();
    }
}
