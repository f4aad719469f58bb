package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.operator.Operators;
import io.sealos.images.internal.sealos.SealosExtraction;
import io.sealos.images.internal.sealos.SealosLines;
import io.sealos.images.internal.sealos.SealosName;
import io.sealos.images.internal.sealos.TappedInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/** Applies the ignore rules to the findings of a scan, and forwards them in the order in which they are found. */
public final class ScanFindings {
    private final SealosExtraction sealos = new SealosExtraction();
    private final ScanIgnores ignores;
    private final List<MappingFinder> userFinders;
    private final OperatorScan operators;
    private final ScanListener listener;

    public ScanFindings(
            ScanIgnores ignores, List<MappingFinder> userFinders, Operators operators, ScanListener listener) {
        this.operators = new OperatorScan(operators);
        this.ignores = ignores;
        this.userFinders = userFinders;
        this.listener = listener;
    }

    /**
     * Scans a manifest.
     *
     * @param standard whether it is in the standard directory, so that sealos reads it as well
     */
    public void manifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestProblems unread = (kind, line, message) -> problem(kind, source.file(), line, message);
        manifest(
                source,
                standard,
                in,
                new ManifestPlaces(it -> add(it, source)),
                unread,
                finders(SourcePlaces.in(source)));
    }

    /**
     * Scans a manifest that is applied in a different form. That form is scanned separately, with its problems, so the
     * images of this one are shown but not saved.
     */
    void replacedManifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestPlaces places = new ManifestPlaces(it -> add(it.asPossible(), source));
        manifest(source, standard, in, places, (kind, line, message) -> {}, userFinders);
    }

    /** Scans the text of a template that does not render, which has been reported already. */
    void unrenderedManifest(Source source, boolean standard, InputStream in) throws IOException {
        manifest(
                source,
                standard,
                in,
                new ManifestPlaces(it -> add(it, source)),
                (kind, line, message) -> {},
                finders(SourcePlaces.in(source)));
    }

    private void manifest(
            Source source,
            boolean standard,
            InputStream in,
            ManifestPlaces places,
            ManifestProblems unread,
            List<MappingFinder> finders)
            throws IOException {
        String file = source.file();
        ManifestStream stream = new ManifestStream(finders, places, unread);
        if (standard) {
            try (SealosLines lines = sealos.manifest(file)) {
                stream.scan(new TappedInput(in, lines));
            }
        } else {
            stream.scan(in);
        }
        places.unlisted().forEach(it -> listener.notice(file + " names " + it));
    }

    public void add(Sighting sighting, Source source) {
        add(sighting, source, SealosName.of(sighting.reference()));
    }

    /** Reports a line of a shim list, the text of which sealos does not change. */
    void listed(Sighting sighting, Source source, String written) {
        add(sighting, source, written);
    }

    private void add(Sighting sighting, Source source, String sealosName) {
        String ignoredBy = ignores.ruleFor(sighting.reference(), sealosName).orElse("");
        operators.saw(sighting, source, ignoredBy);
        listener.occurrence(sighting, source, ignoredBy);
    }

    /** {@return whether a rule excludes an image} */
    public boolean isIgnored(Sighting sighting) {
        return ignores.ruleFor(sighting.reference(), SealosName.of(sighting.reference()))
                .isPresent();
    }

    public void problem(String file, int line, String message) {
        listener.problem(ScanProblem.Kind.UNREAD, file, line, message);
    }

    public void problem(ScanProblem.Kind kind, String file, int line, String message) {
        listener.problem(kind, file, line, message);
    }

    public void problem(ScanProblem.Kind kind, String file, int line, String message, String fix) {
        listener.problem(kind, file, line, message, fix);
    }

    /** {@return the receiver of the findings} */
    public ScanListener listener() {
        return listener;
    }

    /**
     * {@return the finders of the user, and the one that collects operators, for a text that is applied}
     *
     * @param places the places of the text
     */
    public List<MappingFinder> finders(SourcePlaces places) {
        return Stream.concat(userFinders.stream(), Stream.of(operators.finder(places)))
                .toList();
    }

    /** {@return the finders of the user, for a text that is not applied} */
    public List<MappingFinder> userFinders() {
        return userFinders;
    }

    /** {@return the operators of the scan} */
    public OperatorScan operators() {
        return operators;
    }

    /** {@return the images that sealos extracts from the same files} */
    public SealosExtraction sealos() {
        return sealos;
    }

    public ScanIgnores ignores() {
        return ignores;
    }
}
