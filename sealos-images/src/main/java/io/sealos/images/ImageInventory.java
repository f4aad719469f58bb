package io.sealos.images;

import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.overlay.ReportedPath;
import io.sealos.internal.text.FileFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The result of a scan: the images with the places at which they occur, and the problems. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageInventory {
    /** The size in bytes of the largest file that is read. */
    static final int LARGEST = 256 << 20;

    private final List<String> directories;
    private final List<ImageOccurrence> occurrences;
    private final SortedMap<ImageReference, List<ImageOccurrence>> byReference;
    private final Map<String, String> replacements;
    private final List<ScanProblem> problems;
    private final List<CommandNeed> commandNeeds;
    private final List<SiteNeed> siteNeeds;
    private final List<RenderedScenario> scenarios;
    private final List<String> notices;
    private final boolean testHooks;
    private final SealosCompat sealosCompat;
    private final Optional<WhatIf> whatIf;

    ImageInventory(InventoryBuilder found, ScanFindings scan, boolean testHooks) {
        this.directories = List.of(ReportedPath.SINGLE);
        this.occurrences = found.occurrences();
        this.byReference = byReference(occurrences);
        this.replacements = replacements(occurrences);
        this.problems = found.problems();
        this.commandNeeds = found.needs();
        this.siteNeeds = found.siteNeeds();
        this.scenarios = found.scenarios();
        this.notices = found.notices(scan.ignores());
        this.testHooks = testHooks;
        this.sealosCompat = new SealosComparison(this, scan.ignores()).compare(scan.sealos());
        this.whatIf = found.whatIf(references());
    }

    /** Creates an inventory that has been read. */
    ImageInventory(List<ImageOccurrence> occurrences, Read read) {
        this.directories = List.copyOf(read.directories());
        this.occurrences = List.copyOf(occurrences);
        this.byReference = byReference(this.occurrences);
        this.replacements = replacements(this.occurrences);
        this.problems = List.copyOf(read.problems());
        this.commandNeeds = List.copyOf(read.commandNeeds());
        this.siteNeeds = List.copyOf(read.siteNeeds());
        this.scenarios = List.copyOf(read.scenarios());
        this.notices = List.copyOf(read.notices());
        this.testHooks = read.testHooks();
        this.sealosCompat = read.sealosCompat();
        this.whatIf = read.whatIf();
    }

    /** The parts of an inventory that has been read, without its occurrences. */
    record Read(
            List<String> directories,
            List<ScanProblem> problems,
            List<CommandNeed> commandNeeds,
            List<SiteNeed> siteNeeds,
            List<RenderedScenario> scenarios,
            List<String> notices,
            boolean testHooks,
            SealosCompat sealosCompat,
            Optional<WhatIf> whatIf) {}

    private static SortedMap<ImageReference, List<ImageOccurrence>> byReference(List<ImageOccurrence> occurrences) {
        return occurrences.stream()
                .collect(Collectors.groupingBy(ImageOccurrence::reference, TreeMap::new, Collectors.toList()));
    }

    /**
     * {@return the inventory in a text that {@link #toJson} has returned} It is equal to the one that was written. Its
     * {@link #occurrences()} are sorted by the names of the images first.
     *
     * @param json the text
     * @throws ImageInventoryException if the text is not an inventory; the exception has the place and a fix
     */
    public static ImageInventory parse(String json) {
        Objects.requireNonNull(json, "json");
        return InventoryReader.read("inventory", json);
    }

    /**
     * {@return the inventory in a file, the text of which {@link #toJson} has returned}
     *
     * @param file a file of at most 256 MiB, in UTF-8
     * @throws ImageInventoryException if the file is not an inventory or is larger; the exception has the file, the
     *     place and a fix
     * @throws IOException if the file cannot be read
     */
    public static ImageInventory read(Path file) throws IOException {
        RequiredPath.file(file, "name the file of an inventory");
        String text = FileFailures.explained(
                file, () -> CheckedJson.text(file, LARGEST, InventoryReader.ANEW, ImageInventoryException::new));
        return InventoryReader.read(file.toString(), text);
    }

    /** {@return an inventory without images and problems, such as that of a directory that does not exist yet} */
    public static ImageInventory empty() {
        return new InventoryMerge().merged();
    }

    /**
     * {@return the inventories of several directories as one} It has all images, places and problems, in the order of
     * the directories' paths; files are relative to a common directory. Notices begin with the directory;
     * {@link #sealosCompat()} has the paths of each directory unchanged. {@link ImageDiff#between(ImageInventory,
     * ImageInventory)} of two of them is the difference of a whole repository, directory by directory.
     *
     * @param root the common directory, such as that of the repository; it may be one of the directories
     * @param inventories the inventory of each directory. A context with files over a directory counts as that
     *     directory; one without a directory is given any path below the root. Of a directory with several inventories,
     *     under different names, all is kept once
     * @throws IllegalArgumentException if a directory is not below the common one, or if only some of the inventories
     *     save the images of {@code helm test}
     */
    public static ImageInventory merged(Path root, Map<Path, ImageInventory> inventories) {
        Objects.requireNonNull(root, "root");
        InventoryMerge merge = new InventoryMerge();
        inventories.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Path, ImageInventory>, String>comparing(
                                it -> ReportedPath.of(root, it.getKey()))
                        .thenComparing(it -> it.getKey().toString()))
                .forEach(it -> merge.add(ReportedPath.of(root, it.getKey()), it.getValue()));
        return merge.merged();
    }

    /** {@return whether images that only helm test runs are saved} */
    boolean savesTestHooks() {
        return testHooks;
    }

    /** {@return the images that would be saved, each once, sorted by their canonical names} */
    public List<ImageReference> references() {
        return references(byReference, Confidence::isSaved);
    }

    /**
     * {@return the images whose highest confidence is the given one, each once, sorted by their canonical names} Images
     * that are ignored, and images that only {@code helm test} runs, are not included.
     *
     * @param confidence the highest confidence among the occurrences of each image
     */
    public List<ImageReference> references(Confidence confidence) {
        return references(byReference, it -> it == confidence);
    }

    /** {@return the directories, relative to the common one; only {@code .} if the inventory is not merged} */
    List<String> directories() {
        return directories;
    }

    /** {@return the images that would be saved by directory; a file belongs to the innermost one that contains it} */
    SortedMap<String, List<ImageReference>> referencesByDirectory() {
        SortedMap<String, List<ImageReference>> images = new TreeMap<>();
        directories.forEach(it -> images.put(it, List.of()));
        occurrences.stream()
                .collect(Collectors.groupingBy(it -> ReportedPath.innermost(directories, it.file())))
                .forEach((directory, its) -> images.put(directory, references(byReference(its), Confidence::isSaved)));
        return images;
    }

    private List<ImageReference> references(
            SortedMap<ImageReference, List<ImageOccurrence>> images, Predicate<Confidence> wanted) {
        return images.entrySet().stream()
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

    /** {@return the reason why an occurrence is excluded whatever its confidence; empty if it is not excluded} */
    private Optional<String> exclusion(ImageOccurrence occurrence) {
        Optional<String> test =
                Optional.of("only helm test runs it").filter(it -> occurrence.isTestHook() && !testHooks);
        return occurrence.ignoredBy().map(rule -> "left out by " + rule).or(() -> test);
    }

    /** {@return the reason why an occurrence does not cause its image to be saved; empty if it does} */
    Optional<String> unsavedReason(ImageOccurrence occurrence) {
        return exclusion(occurrence)
                .or(() -> Optional.of("it only looks like an image")
                        .map(it -> replacement(occurrence).orElse(it))
                        .filter(it -> !occurrence.confidence().isSaved()));
    }

    /** {@return the place of the value with which a kustomization replaced that of an occurrence} */
    private Optional<String> replacement(ImageOccurrence occurrence) {
        return Optional.ofNullable(replacements.get(occurrence.file() + ":" + occurrence.line()))
                .map(it -> it + " replaces it");
    }

    private static Map<String, String> replacements(List<ImageOccurrence> occurrences) {
        Map<String, String> places = new HashMap<>();
        occurrences.forEach(it -> it.replaced().forEach(old -> places.putIfAbsent(old, it.file() + ":" + it.line())));
        return places;
    }

    /**
     * {@return all occurrences, in the order of the scan} The order is: manifests by path, other files that commands
     * apply, charts and shim lists by path, then the build files, then the images that operators start. Within a chart,
     * the occurrences in its rendered output come before those in its files.
     */
    public List<ImageOccurrence> occurrences() {
        return occurrences;
    }

    /**
     * {@return all occurrences of an image, in the order of the scan}
     *
     * @param reference the image
     */
    public List<ImageOccurrence> occurrences(ImageReference reference) {
        return List.copyOf(byReference.getOrDefault(reference, List.of()));
    }

    /** {@return all images, including those that are not saved} */
    Set<ImageReference> all() {
        return byReference.keySet();
    }

    /** {@return all problems, including gaps, in the order of the scan} */
    public List<ScanProblem> problems() {
        return problems;
    }

    /**
     * {@return whether there are no gaps} If there are none, {@link #references()} contains every image that will run,
     * as far as a scan can determine.
     */
    public boolean isComplete() {
        return problems.stream().noneMatch(ScanProblem::isGap);
    }

    /**
     * {@return the problems that may hide images that will run, in the order of the scan; empty if the inventory is
     * complete}
     */
    public List<ScanProblem> gaps() {
        return problems.stream().filter(ScanProblem::isGap).toList();
    }

    /**
     * {@return the files and addresses that are required by CMD, ENTRYPOINT and the scripts that they run, each once,
     * in the order in which they are used} Read are the arguments of shells, helm, kubectl, {@code cp}, {@code mv},
     * {@code install}, {@code cat}, {@code chmod}, {@code tar} and {@code cd}, and the paths of programs. A need may
     * depend on a condition. Patterns, files that a command may have made, and everything after a command that
     * downloads are not included.
     */
    public List<CommandNeed> commandNeeds() {
        return commandNeeds;
    }

    /**
     * {@return what controllers fetch at the site because objects name it, such as charts of Flux and Argo CD, each
     * once, in the order of the objects} What controllers apply or install from there, and a scan cannot know, is
     * reported as a {@linkplain #gaps() gap} as well.
     */
    public List<SiteNeed> siteNeeds() {
        return siteNeeds;
    }

    /**
     * {@return the artifacts in registries that controllers fetch at the site, such as charts, each once, sorted by
     * their canonical names} Those that are saved as {@linkplain #references() images} anyway, such as packages of
     * Crossplane, are not included. A build saves artifacts only if that is requested.
     */
    public List<ImageReference> artifacts() {
        Set<ImageReference> images =
                references().stream().map(ImageReference::withDefaultTag).collect(Collectors.toSet());
        return siteNeeds.stream()
                .flatMap(it -> it.artifact().stream())
                .filter(it -> !images.contains(it.withDefaultTag()))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * {@return the scenarios with which the charts were rendered, with the images that they add} A command that
     * installs a chart with its default values has no scenario of its own.
     */
    public List<RenderedScenario> scenarios() {
        return scenarios;
    }

    /**
     * {@return the images that other values of the charts would need; empty unless {@link ImageScanner.Builder#whatIf}
     * was called} These images are not among the {@link #references()} or {@link #occurrences()}.
     */
    public Optional<WhatIf> whatIf() {
        return whatIf;
    }

    /**
     * {@return notices that do not affect completeness} There is a notice for each ignore rule that matched nothing,
     * with its place and a fix, for each image that occurs in more than 100 places of a manifest, of which only the
     * first 100 are listed, and for each operator that is not in the context although its custom resources are.
     */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return a human-readable explanation of why an image is saved or not, with each place at which it occurs} For an
     * image that was not found, the explanation lists the images of the same repository that were found.
     *
     * @param reference the image
     */
    public String explain(ImageReference reference) {
        return new Explanation(this, reference).toString();
    }

    /**
     * {@return the inventory as a JSON object for other programs, with a trailing line feed}
     *
     * <p>The object has {@code version} (1), {@code images}, {@code scenarios}, {@code problems}, {@code notices},
     * {@code commandNeeds}, {@code siteNeeds}, {@code testHooks} and {@code sealos} (the images that sealos would
     * extract), and can be read by {@link #parse} and {@link #read}. An image has {@code reference} (canonical),
     * {@code saved}, and {@code occurrences}, each with {@code file}, {@code line}, {@code column}, {@code path},
     * {@code chart}, {@code template}, {@code scenarios}, {@code commands}, {@code replaced}, {@code hook},
     * {@code finder}, {@code reason}, {@code confidence}, {@code ignoredBy} and {@code storage}; a value that does not
     * exist is an empty string. A scenario has {@code name}, {@code file} (the chart's), and {@code references} and
     * {@code added} (canonical). A problem has {@code kind}, {@code file}, {@code line}, {@code message}, {@code fix}
     * and {@code gap}; notices are sentences. A merged inventory has its {@code directories}. If switches of charts
     * were tried, {@code whatIf} has {@code tried} (their number), {@code switches} (those that would add images),
     * {@code undetermined} and {@code leftOut} (sentences). A switch has {@code chart}, {@code chartName}, {@code key},
     * {@code value}, {@code text} (whether the value is a text), {@code file}, {@code line}, {@code option} and
     * {@code argument} (to choose it), {@code scenarios}, {@code images} (canonical) and {@code failure}. Images are
     * sorted by their names; everything else is in the order of the scan. Properties may be added without a new
     * version.
     */
    public String toJson() {
        return InventoryJson.write(this);
    }

    /**
     * {@return the references that would be saved as the text of a shim list, one per line} Sealos saves exactly the
     * references of such a list, and a scan of the list finds the same references.
     */
    public String toShimList() {
        return references().stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    /** {@return the images that sealos would extract from the same files, compared with this inventory} */
    public SealosCompat sealosCompat() {
        return sealosCompat;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageInventory that
                && directories.equals(that.directories)
                && byReference.equals(that.byReference)
                && problems.equals(that.problems)
                && commandNeeds.equals(that.commandNeeds)
                && siteNeeds.equals(that.siteNeeds)
                && scenarios.equals(that.scenarios)
                && notices.equals(that.notices)
                && testHooks == that.testHooks
                && sealosCompat.equals(that.sealosCompat)
                && whatIf.equals(that.whatIf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(byReference, problems, commandNeeds, siteNeeds, scenarios, notices, whatIf);
    }

    /** {@return the numbers of images, problems and gaps} */
    @Override
    public String toString() {
        return "images: " + references().size() + ", problems: " + problems.size() + ", gaps: " + gaps().size();
    }
}
