package io.sealos.images;

import java.util.List;

/** What a scan found, and what it could not read. Immutable and thread-safe. */
public final class ImageInventory {
    private final List<ImageOccurrence> occurrences;
    private final List<ScanProblem> problems;
    private final List<RenderedScenario> scenarios;
    private final boolean testHooks;

    ImageInventory(
            List<ImageOccurrence> occurrences,
            List<ScanProblem> problems,
            List<RenderedScenario> scenarios,
            boolean testHooks) {
        this.occurrences = List.copyOf(occurrences);
        this.problems = List.copyOf(problems);
        this.scenarios = List.copyOf(scenarios);
        this.testHooks = testHooks;
    }

    /** {@return the images that would be saved, each once, in the order of their canonical names} */
    public List<ImageReference> references() {
        return occurrences.stream()
                .filter(this::isSaved)
                .map(ImageOccurrence::reference)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isSaved(ImageOccurrence occurrence) {
        return occurrence.confidence().isSaved() && (testHooks || !occurrence.isTestHook());
    }

    /** {@return every sighting, in the order of the scan: manifests, charts, shim lists, each by path} */
    public List<ImageOccurrence> occurrences() {
        return occurrences;
    }

    /** {@return what could not be read or rendered} */
    public List<ScanProblem> problems() {
        return problems;
    }

    /** {@return each chart with each of the values that it was rendered with, and what these add} */
    public List<RenderedScenario> scenarios() {
        return scenarios;
    }

    /**
     * {@return every sighting of an image}
     *
     * @param reference the image
     */
    public List<ImageOccurrence> explain(ImageReference reference) {
        return occurrences.stream()
                .filter(it -> it.reference().equals(reference))
                .toList();
    }
}
