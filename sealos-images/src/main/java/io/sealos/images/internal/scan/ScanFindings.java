package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.gitops.SiteObjects;
import io.sealos.images.internal.sealos.SealosExtraction;
import io.sealos.images.internal.sealos.SealosLines;
import io.sealos.images.internal.sealos.SealosName;
import io.sealos.images.internal.sealos.TappedInput;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** Applies the ignore rules to the findings of a scan, and forwards them in the order in which they are found. */
public final class ScanFindings {
    private final SealosExtraction sealos = new SealosExtraction();
    private final SiteObjects objects = new SiteObjects();
    private final ScanIgnores ignores;
    private final List<MappingFinder> userFinders;
    private final ScanListener listener;

    public ScanFindings(ScanIgnores ignores, List<MappingFinder> userFinders, ScanListener listener) {
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
        Consumer<YamlNode> found = it -> objects.add(it, source.file(), line -> line, false);
        manifest(source, standard, in, new ManifestPlaces(it -> add(it, source)), unread, found);
    }

    /**
     * Scans a manifest that is applied in a different form. That form is scanned separately, with its problems, so the
     * images of this one are shown but not saved.
     */
    void replacedManifest(Source source, boolean standard, InputStream in) throws IOException {
        ManifestPlaces places = new ManifestPlaces(it -> add(it.asPossible(), source));
        manifest(source, standard, in, places, (kind, line, message) -> {}, it -> {});
    }

    private void manifest(
            Source source,
            boolean standard,
            InputStream in,
            ManifestPlaces places,
            ManifestProblems unread,
            Consumer<YamlNode> found)
            throws IOException {
        String file = source.file();
        ManifestStream stream = new ManifestStream(userFinders, places, unread).withObjects(found);
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
        listener.occurrence(sighting, source, ignoredBy);
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

    /** {@return the finders of the user, which are called for manifests and for the output of charts} */
    public List<MappingFinder> userFinders() {
        return userFinders;
    }

    /** {@return the images that sealos extracts from the same files} */
    public SealosExtraction sealos() {
        return sealos;
    }

    /** {@return the objects whose controllers fetch something at the site} */
    public SiteObjects objects() {
        return objects;
    }

    public ScanIgnores ignores() {
        return ignores;
    }
}
