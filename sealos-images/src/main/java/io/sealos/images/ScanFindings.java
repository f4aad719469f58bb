package io.sealos.images;

import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.scan.ManifestStream;
import io.sealos.images.internal.sealos.SealosLines;
import io.sealos.images.internal.sealos.SealosName;
import io.sealos.images.internal.sealos.TappedInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Collects what a scan finds, in the order in which it is found, nothing twice. */
final class ScanFindings {
    private final Map<ImageOccurrence.Key, ImageOccurrence> occurrences = new LinkedHashMap<>();
    private final List<RenderedScenario> scenarios = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();
    private final Set<CommandNeed> needs = new LinkedHashSet<>();
    private final SealosExtraction sealos = new SealosExtraction();
    private final ScanIgnores ignores;
    private final List<SiteFinder> userFinders;

    ScanFindings(ScanIgnores ignores, List<SiteFinder> userFinders) {
        this.ignores = ignores;
        this.userFinders = userFinders;
    }

    /** A manifest; sealos reads those of the standard directory. */
    void manifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestProblems unread = (kind, line, message) -> problem(kind, source.file(), line, message);
        manifest(source, standard, in, new ManifestPlaces(it -> add(it, source)), unread);
    }

    /**
     * A manifest that is applied in another form, which is scanned for itself with its problems: images that stand here
     * are shown, not saved.
     */
    void replacedManifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestPlaces places = new ManifestPlaces(it -> add(it.asPossible(), source));
        manifest(source, standard, in, places, (kind, line, message) -> {});
    }

    private void manifest(
            Source source, boolean standard, InputStream in, ManifestPlaces places, ManifestProblems unread)
            throws IOException {
        String file = source.file();
        ManifestStream stream = new ManifestStream(userFinders, places, unread);
        if (standard) {
            try (SealosLines lines = sealos.manifest(file)) {
                stream.scan(new TappedInput(in, lines));
            }
        } else {
            stream.scan(in);
        }
        places.unlisted().forEach(it -> notices.add(file + " names " + it));
    }

    void add(Sighting sighting, Source source) {
        add(sighting, source, SealosName.of(sighting.reference()));
    }

    /** A line of a shim list, which sealos leaves as it is written. */
    void listed(Sighting sighting, Source source, String written) {
        add(sighting, source, written);
    }

    private void add(Sighting sighting, Source source, String sealosName) {
        String ignoredBy = ignores.ruleFor(sighting.reference(), sealosName).orElse("");
        ImageOccurrence occurrence = new ImageOccurrence(sighting, source, ignoredBy);
        occurrences.merge(occurrence.key(), occurrence, ImageOccurrence::united);
    }

    void scenario(RenderedScenario scenario) {
        scenarios.add(scenario);
    }

    void problem(String file, int line, String message) {
        problem(ScanProblem.Kind.UNREAD, file, line, message);
    }

    void problem(ScanProblem.Kind kind, String file, int line, String message) {
        problems.add(new ScanProblem(kind, file, line, message));
    }

    void problem(ScanProblem.Kind kind, String file, int line, String message, String fix) {
        problems.add(new ScanProblem(kind, file, line, message, fix));
    }

    void needs(Collection<CommandNeed> found) {
        needs.addAll(found);
    }

    /** The finders of the user, who are asked in manifests and in what charts render to. */
    List<SiteFinder> userFinders() {
        return userFinders;
    }

    /** What sealos sees of the same files. */
    SealosExtraction sealos() {
        return sealos;
    }

    ImageInventory inventory(boolean testHooks) {
        return new ImageInventory(this, testHooks);
    }

    List<ImageOccurrence> occurrences() {
        return List.copyOf(occurrences.values());
    }

    List<RenderedScenario> scenarios() {
        return List.copyOf(scenarios);
    }

    List<ScanProblem> problems() {
        return List.copyOf(problems);
    }

    List<CommandNeed> needs() {
        return List.copyOf(needs);
    }

    List<String> notices() {
        return Stream.concat(notices.stream(), ignores.unmatched().stream()).toList();
    }

    ScanIgnores ignores() {
        return ignores;
    }
}
