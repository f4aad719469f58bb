package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.finder.Finders;
import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.ManifestWalk;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.operator.OperatorFinder;
import io.sealos.images.internal.yaml.DocumentReader;
import io.sealos.images.internal.yaml.DocumentReader.Document;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a stream: as trees if they are YAML, else line by line. */
public final class ManifestStream {
    private static final String TOO_LARGE = "the document is larger than " + DocumentReader.MAX_DOCUMENT
            + " characters and was read line by line, without lines longer than " + TextLines.LONGEST_LINE
            + " characters; split it";

    private final Consumer<Sighting> found;
    private final ManifestProblems problems;
    private final List<MappingFinder> finders;
    private final boolean hasUserFinders;
    private int partsLine;
    private boolean partsHideImages;
    private Consumer<YamlNode> objects = it -> {};

    /** Creates a reader that calls more finders in addition to the built-in ones. */
    public ManifestStream(List<MappingFinder> more, Consumer<Sighting> found, ManifestProblems problems) {
        this.found = found;
        this.problems = problems;
        this.finders = Finders.forManifests(more, problems);
        this.hasUserFinders = more.stream().anyMatch(it -> !(it instanceof OperatorFinder));
    }

    /** Sets a receiver of the documents that can be parsed. */
    public ManifestStream reportingTo(Consumer<YamlNode> receiver) {
        objects = receiver;
        return this;
    }

    public void scan(InputStream in) throws IOException {
        DocumentReader documents = new DocumentReader(in);
        for (Document document = documents.next(); document != null; document = documents.next()) {
            if (!document.continued()) {
                endParts();
            }
            scan(document);
        }
        endParts();
    }

    /** Scans a document that has already been parsed. */
    public void scan(YamlNode root) {
        walk(root, root.line());
    }

    private void scan(Document document) {
        if (!document.whole()) {
            scanPart(document);
            return;
        }
        try {
            YamlNode root = YamlTree.parse(document.text(), document.firstLine());
            if (root != null) {
                walk(root, document.firstLine());
            }
            TextLines.ofComments(found).read(document);
        } catch (YamlFormatException e) {
            Kind kind = mayHideImages(document) ? Kind.UNREAD : Kind.READ_IN_PART;
            problems.report(kind, e.line(), "is not valid YAML and was read line by line: " + e.getMessage());
        }
    }

    /** Scans a document that is too large for memory line by line. */
    private void scanPart(Document part) {
        partsLine = part.continued() ? partsLine : part.firstLine();
        partsHideImages |= mayHideImages(part);
    }

    private void endParts() {
        if (partsLine > 0) {
            problems.report(partsHideImages ? Kind.UNREAD : Kind.READ_IN_PART, partsLine, TOO_LARGE);
        }
        partsLine = 0;
        partsHideImages = false;
    }

    /** Reads a document line by line, and returns whether it may name an image that is not saved. */
    private boolean mayHideImages(Document document) {
        TextLines lines = TextLines.ofBrokenYaml(found);
        lines.read(document);
        return hasUserFinders || lines.mayHideImages();
    }

    private void walk(YamlNode root, int firstLine) {
        objects.accept(root);
        String hook = hook(root);
        Consumer<Sighting> hooked = hook.isEmpty() ? found : it -> found.accept(it.withHook(hook));
        if (!new ManifestWalk(hooked, finders).walk(root)) {
            problems.report(Kind.UNREAD, firstLine, "the document has too many nodes, aliases counted; simplify it");
        }
    }

    private static String hook(YamlNode root) {
        YamlNode metadata = root.get("metadata");
        @Nullable YamlNode annotations = metadata == null ? null : metadata.get("annotations");
        return annotations == null ? "" : annotations.textOf("helm.sh/hook");
    }
}
