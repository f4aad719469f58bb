package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.DocumentReader;
import io.sealos.images.internal.yaml.DocumentReader.Document;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import io.sealos.images.internal.yaml.YamlPath;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls finders for every mapping of a document, up to a limit of nodes. */
public final class ManifestWalk {
    private static final int MAX_NODES = 1_000_000;
    /** The number of characters of text that take as long as a node. */
    private static final int CHARACTERS_PER_NODE = 8;

    private final Consumer<Sighting> found;
    private final List<MappingFinder> finders;
    private int nodes;

    public ManifestWalk(Consumer<Sighting> found, List<MappingFinder> finders) {
        this.found = found;
        this.finders = finders;
    }

    /**
     * Walks a document.
     *
     * @return false if it has more nodes than the limit, where aliases count each time
     */
    public boolean walk(YamlNode root) {
        visit(root, YamlPath.ROOT, null, ManifestObject.NONE);
        return nodes < MAX_NODES;
    }

    private void visit(YamlNode node, YamlPath path, @Nullable VisitedMapping parent, ManifestObject around) {
        nodes += 1 + node.text().length() / CHARACTERS_PER_NODE;
        if (nodes >= MAX_NODES) {
            return;
        }
        if (node.isMapping() && EncodedData.isOne(path, parent, around)) {
            visitEncoded(EncodedData.of(node, path), path, parent, around);
        } else if (node.isMapping()) {
            visitMapping(node, path, parent, around);
        } else if (node.isSequence()) {
            for (int i = 0; i < node.items().size(); i++) {
                visit(node.items().get(i), path.index(i), parent, around);
            }
        } else {
            ObjectKind kind = TextDocuments.kind(node.text(), path.lastKey(), parent, around.kind());
            if (kind != ObjectKind.NONE) {
                visitText(node, path, parent, around.inText(kind));
            }
        }
    }

    private void visitEncoded(EncodedData data, YamlPath path, @Nullable VisitedMapping parent, ManifestObject around) {
        ManifestWalk walk = new ManifestWalk(it -> found.accept(data.placed(it)), finders);
        walk.nodes = nodes;
        walk.visitMapping(data.texts(), path, parent, around);
        nodes = walk.nodes;
    }

    private void visitMapping(YamlNode node, YamlPath path, @Nullable VisitedMapping parent, ManifestObject around) {
        ManifestObject object = ManifestObject.of(node, path, around);
        if (object.kind() == ObjectKind.SCHEMA) {
            return;
        }
        boolean doubtful = DoubtfulPlaces.isOne(path.lastKey(), parent, object);
        VisitedMapping mapping = new VisitedMapping(node, path, parent, object, doubtful);
        Consumer<Sighting> sightings = doubtful ? this::foundInDoubt : found;
        for (MappingFinder finder : finders) {
            finder.inspect(mapping, sightings);
        }
        for (YamlNode.Entry entry : node.entries()) {
            visit(entry.value(), path.key(entry.key()), mapping, object);
        }
    }

    /** Reports an occurrence at a doubtful place. Only the results of user rules remain certain there. */
    private void foundInDoubt(Sighting sighting) {
        found.accept(sighting.confidence() == Confidence.LIKELY ? sighting.asPossible() : sighting);
    }

    /** Visits text inside an object, which is often YAML, and else is read as text. */
    private void visitText(YamlNode text, YamlPath path, @Nullable VisitedMapping parent, ManifestObject around) {
        Place start = text.placeOf(0);
        if (!hasMarker(text.text())) {
            visitDocument(text, parse(text.text(), start), path, parent, around);
            return;
        }
        DocumentReader documents = new DocumentReader(new StringReader(text.text()));
        try {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                Place origin = new Place(start.line() + next.firstLine() - 1, start.column());
                visitDocument(text, parse(next.text(), origin), path, parent, around);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory was not readable", e);
        }
    }

    private static boolean hasMarker(String text) {
        return text.startsWith("---") || text.contains("\n---") || text.contains("\n...");
    }

    private void visitDocument(
            YamlNode text,
            @Nullable YamlNode root,
            YamlPath path,
            @Nullable VisitedMapping parent,
            ManifestObject around) {
        if (root != null && !root.isScalar()) {
            visit(root, path, parent, around);
        } else if (TextDocuments.isTemplate(path.lastKey()) && around.kind() == ObjectKind.CUSTOM) {
            ConfigTextFinder.inspectText(text, path, found);
        }
    }

    private static @Nullable YamlNode parse(String text, Place origin) {
        try {
            return YamlTree.parse(text, origin);
        } catch (YamlFormatException e) {
            // The text is not YAML.
            return null;
        }
    }
}
