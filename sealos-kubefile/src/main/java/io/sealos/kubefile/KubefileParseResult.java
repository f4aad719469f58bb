package io.sealos.kubefile;

import java.util.List;

/** Tree and problems of a lenient parse. Immutable. */
public final class KubefileParseResult {
    private final Kubefile kubefile;
    private final List<KubefileProblem> problems;

    KubefileParseResult(Kubefile kubefile, List<KubefileProblem> problems) {
        this.kubefile = kubefile;
        this.problems = List.copyOf(problems);
    }

    /** {@return the tree: all instructions, those with problems too} */
    public Kubefile kubefile() {
        return kubefile;
    }

    /** {@return the problems, in the order of the text; none where it is a Kubefile} */
    public List<KubefileProblem> problems() {
        return problems;
    }

    /**
     * {@return the tree, if there are no problems}
     *
     * @throws KubefileParseException with the problems otherwise
     */
    public Kubefile orThrow() {
        if (!problems.isEmpty()) {
            throw new KubefileParseException(problems);
        }
        return kubefile;
    }
}
