package io.sealos.images.internal.finder;

import io.sealos.images.ScanProblem;

/** Told of what could not be read of a manifest. */
@FunctionalInterface
public interface ManifestProblems {
    /**
     * Takes one of them.
     *
     * @param kind the kind of problem
     * @param line the 1-based line
     * @param message what is wrong, as the end of a sentence that begins with the file or the template
     */
    void report(ScanProblem.Kind kind, int line, String message);
}
