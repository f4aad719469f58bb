package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.gitops.SiteObjects;
import io.sealos.images.internal.operator.Operators;
import io.sealos.images.internal.sealos.SealosExtraction;
import io.sealos.images.internal.sealos.SealosLines;
import io.sealos.images.internal.sealos.SealosName;
import io.sealos.images.internal.sealos.TappedInput;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Applies the ignore rules to the findings of a scan, and forwards them in the order in which they are found. */
public final class ScanFindings {
    private final SealosExtraction sealos = new SealosExtraction();
    private final SiteObjects siteObjects = new SiteObjects();
    private final ScanIgnores ignores;
    private final List<MappingFinder> userFinders;
    private final OperatorScan operators;
    private final ScanListener listener;
    private final Set<Deployment> deployments = new LinkedHashSet<>();

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
        manifest(source, standard, in, (kind, line, message) -> problem(kind, source.file(), line, message));
    }

    /** Scans the text of a template that does not render, which has been reported already. */
    void unrenderedManifest(Source source, boolean standard, InputStream in) throws IOException {
        manifest(source, standard, in, (kind, line, message) -> {});
    }

    private void manifest(Source source, boolean standard, InputStream in, ManifestProblems unread) throws IOException {
        ManifestPlaces places = new ManifestPlaces(it -> add(it, source));
        ManifestStream stream = new ManifestStream(finders(SourcePlaces.in(source)), places, unread)
                .reportingTo(objects(source.file(), line -> line, false));
        scan(source.file(), standard, in, places, stream);
    }

    /**
     * Scans a manifest that is applied in a different form. That form is scanned separately, with its problems, so the
     * images of this one are shown but not saved.
     */
    void replacedManifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestPlaces places = new ManifestPlaces(it -> add(it.asPossible(), source));
        ManifestStream stream = new ManifestStream(userFinders, places, (kind, line, message) -> {});
        scan(source.file(), standard, in, places, stream);
    }

    private void scan(String file, boolean standard, InputStream in, ManifestPlaces places, ManifestStream stream)
            throws IOException {
        if (standard) {
            try (SealosLines lines = sealos.manifest(file)) {
                stream.scan(new TappedInput(in, lines));
            }
        } else {
            stream.scan(in);
        }
        places.unlisted().forEach(it -> listener.notice(file + " names " + it));
    }

    /**
     * {@return a receiver of the objects of a file, from some of which controllers deploy or fetch something}
     *
     * @param line returns the line of the file for a line of an object, or 0 if it is not known
     * @param inChart whether a chart renders the objects
     */
    public Consumer<YamlNode> objects(String file, IntUnaryOperator line, boolean inChart) {
        return root -> {
            siteObjects.add(root, file, line, inChart);
            Deployment.of(root, file, line).forEach(this::deployment);
        };
    }

    private void deployment(Deployment found) {
        try {
            deployments.add(found.moved());
        } catch (ValuesException e) {
            problem(found.file(), found.line(), "the " + found.shown() + " cannot be read: " + e.getMessage());
        }
    }

    /** {@return the objects that deploy a directory and were found since the last call} */
    List<Deployment> newDeployments() {
        List<Deployment> found = List.copyOf(deployments);
        deployments.clear();
        return found;
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

    /** {@return the objects whose controllers fetch something at the site} */
    public SiteObjects siteObjects() {
        return siteObjects;
    }

    public ScanIgnores ignores() {
        return ignores;
    }
}
