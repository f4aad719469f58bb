package io.sealos.images.internal.kustomize;

/** Limits the nodes that an evaluation visits, so that aliases and layers cannot make it run endlessly. */
final class Work {
    private static final int MOST = 20_000_000;

    private int steps;

    void step(int line) throws KustomizeException {
        if (++steps > MOST) {
            throw new KustomizeException(
                    line, "takes more than " + MOST + " steps to evaluate, aliases counted; simplify it");
        }
    }
}
