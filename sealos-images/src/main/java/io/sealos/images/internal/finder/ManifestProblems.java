package io.sealos.images.internal.finder;

import io.sealos.images.ScanProblem;

/** Receives the parts of a manifest that could not be read. */
@FunctionalInterface
public interface ManifestProblems {
    /**
     * Receives a problem.
     *
     * @param kind the kind of the problem
     * @param line the line, from 1
     * @param message the problem, as the end of a sentence that begins with the file or the template
     */
    void report(ScanProblem.Kind kind, int line, String message);
}
