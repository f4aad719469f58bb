package io.sealos.images;

import io.sealos.images.internal.scan.ScanFindings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The result of a scan: images with their places, and problems. Immutable and thread-safe. */
public final class ImageInventory {
    private final List<ImageOccurrence> occurrences;
    private final SortedMap<ImageReference, List<ImageOccurrence>> byReference;
    private final List<ScanProblem> problems;
    private final List<CommandNeed> commandNeeds;
    private final List<RenderedScenario> scenarios;
    private final List<String> notices;
    private final boolean testHooks;
    private final SealosCompat sealosCompat;

    ImageInventory(InventoryBuilder found, ScanFindings scan, boolean testHooks) {
        this.occurrences = found.occurrences();
        this.byReference = occurrences.stream()
                .collect(Collectors.groupingBy(ImageOccurrence::reference, TreeMap::new, Collectors.toList()));
        this.problems = found.problems();
        this.commandNeeds = found.needs();
        this.scenarios = found.scenarios();
        this.notices = found.notices(scan.ignores());
        this.testHooks = testHooks;
        this.sealosCompat = new SealosComparison(this, scan.ignores()).compare(scan.sealos());
    }

    /** {@return the images that would be saved, each once, in the order of their canonical names} */
    public List<ImageReference> references() {
        return references(Confidence::isSaved);
    }

    /**
     * {@return the images whose surest occurrence is of this confidence, each once, in the order of their canonical
     * names; what is ignored, and what only {@code helm test} runs, is not among them}
     *
     * @param confidence how sure it is that they are images
     */
    public List<ImageReference> references(Confidence confidence) {
        return references(it -> it == confidence);
    }

    private List<ImageReference> references(Predicate<Confidence> wanted) {
        return byReference.entrySet().stream()
                .filter(image -> surest(image.getValue()).filter(wanted).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<Confidence> surest(List<ImageOccurrence> sightings) {
        return sightings.stream()
                .filter(it -> exclusion(it).isEmpty())
                .map(ImageOccurrence::confidence)
                .min(Comparator.naturalOrder());
    }

    /** Why an occurrence counts for nothing however sure it is; empty if it counts. */
    private Optional<String> exclusion(ImageOccurrence occurrence) {
        Optional<String> test =
                Optional.of("only helm test runs it").filter(it -> occurrence.isTestHook() && !testHooks);
        return occurrence.ignoredBy().map(rule -> "left out by " + rule).or(() -> test);
    }

    /** Why an occurrence does not have its image saved; empty if it does. */
    Optional<String> unsavedReason(ImageOccurrence occurrence) {
        return exclusion(occurrence)
                .or(() -> Optional.of("it only looks like an image")
                        .filter(it -> !occurrence.confidence().isSaved()));
    }

    /**
     * {@return every sighting, in the order of the scan: manifests by path, what commands apply besides, charts and
     * shim lists by path, then the build files; what a chart says without rendering it follows what it renders with its
     * own values}
     */
    public List<ImageOccurrence> occurrences() {
        return occurrences;
    }

    /**
     * {@return every sighting of an image, in the order of the scan}
     *
     * @param reference the image
     */
    public List<ImageOccurrence> occurrences(ImageReference reference) {
        return List.copyOf(byReference.getOrDefault(reference, List.of()));
    }

    /** {@return all images, also those that are not saved} */
    Set<ImageReference> all() {
        return byReference.keySet();
    }

    /** {@return all problems, gaps among them, in the order of the scan} */
    public List<ScanProblem> problems() {
        return problems;
    }

    /** {@return whether every image that will run is among the references, so far as a scan can know} */
    public boolean isComplete() {
        return problems.stream().noneMatch(ScanProblem::isGap);
    }

    /** {@return the problems that may hide images that will run, in the order of the scan; empty if complete} */
    public List<ScanProblem> gaps() {
        return problems.stream().filter(ScanProblem::isGap).toList();
    }

    /**
     * {@return the files and addresses that CMD, ENTRYPOINT and the scripts that they run cannot do without, in the
     * order in which they run; each once} Where it is not sure that a command needs a file, it is not among them.
     */
    public List<CommandNeed> commandNeeds() {
        return commandNeeds;
    }

    /** {@return the renders of all charts, with the images that their values add} */
    public List<RenderedScenario> scenarios() {
        return scenarios;
    }

    /**
     * {@return facts worth knowing for which no image is missing: each rule of what to ignore that matched nothing,
     * with its place and a fix, and each image that a manifest names in more than 100 places, the rest of which is not
     * listed}
     */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return why an image is saved or not, and each place where it stands, as lines to show to people; for an image
     * that was not found, what is there of the same repository}
     *
     * @param reference the image
     */
    public String explain(ImageReference reference) {
        return new Explanation(this, reference).toString();
    }

    /**
     * {@return the inventory as a JSON object for other programs, with a line feed at the end}
     *
     * <p>It has {@code version} (1), {@code images}, {@code scenarios}, {@code problems} and {@code notices}. An image
     * has {@code reference} (canonical), {@code saved}, and {@code occurrences}, each with {@code file}, {@code line},
     * {@code column}, {@code path}, {@code chart}, {@code template}, {@code scenarios}, {@code commands}, {@code hook},
     * {@code finder}, {@code confidence} and {@code ignoredBy}; texts are empty where there is none. A scenario has
     * {@code name}, {@code file} (the chart's), and {@code references} and {@code added} (canonical). A problem has
     * {@code kind}, {@code file}, {@code line}, {@code message}, {@code fix} and {@code gap}; notices are sentences.
     * Images stand in the order of their names, the rest in that of the scan. Within a version properties are only
     * added.
     */
    public String toJson() {
        return InventoryJson.write(this);
    }

    /**
     * {@return the references that would be saved as a list for a file of {@code images/shim}, one a line} sealos takes
     * the lines as they are, so that it saves the same references; a scan of the list finds them again.
     */
    public String toShimList() {
        return references().stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    /** {@return the images that sealos would extract from the same files, and the differences} */
    public SealosCompat sealosCompat() {
        return sealosCompat;
    }
}
