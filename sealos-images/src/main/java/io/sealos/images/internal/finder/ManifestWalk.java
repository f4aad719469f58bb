package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings all finders to every mapping of a document, within a limit of nodes. */
public final class ManifestWalk {
    private static final int MAX_NODES = 4_000_000;
    private final Consumer<Sighting> found;
    private final List<ImageFinder> finders;
    private int nodes;

    /** The problems are told the line of what has to be an image and is none, and why. */
    public ManifestWalk(Consumer<Sighting> found, BiConsumer<Integer, String> problems) {
        this.found = found;
        this.finders = List.of(
                new PodSpecFinder(problems),
                new EnvironmentFinder(),
                new ArgumentFinder(),
                new SplitFinder(),
                new FieldFinder(),
                new ConfigTextFinder());
    }

    /** Walks a document; false if it has more nodes than the limit, aliases counted each time. */
    public boolean walk(YamlNode root) {
        visit(root, YamlPath.ROOT, null, ObjectKind.NONE);
        return nodes < MAX_NODES;
    }

    private void visit(YamlNode node, YamlPath path, @Nullable Site parent, ObjectKind around) {
        if (++nodes >= MAX_NODES) {
            return;
        }
        if (node.isMapping()) {
            visitMapping(node, path, parent, around);
        } else if (node.isSequence()) {
            for (int i = 0; i < node.items().size(); i++) {
                visit(node.items().get(i), path.index(i), parent, around);
            }
        } else if (around == ObjectKind.CONFIG && isDocument(node.text())) {
            visitText(node, path, parent);
        }
    }

    private void visitMapping(YamlNode node, YamlPath path, @Nullable Site parent, ObjectKind around) {
        ObjectKind own = ObjectKind.of(node);
        ObjectKind kind = own == ObjectKind.NONE ? around : own;
        if (kind == ObjectKind.SCHEMA) {
            return;
        }
        Site site = new Site(node, path, parent, kind);
        finders.forEach(finder -> finder.inspect(site, found));
        node.entries().forEach(entry -> visit(entry.value(), path.key(entry.key()), site, kind));
    }

    /** Text inside a ConfigMap is often a document itself; where it is not, the text finder has seen it. */
    private void visitText(YamlNode text, YamlPath path, @Nullable Site parent) {
        nested(text).ifPresent(root -> visit(root, path, parent, ObjectKind.CONFIG));
    }

    private static boolean isDocument(String text) {
        return text.indexOf('\n') >= 0 || text.startsWith("{");
    }

    private static Optional<YamlNode> nested(YamlNode text) {
        try {
            return Optional.ofNullable(YamlTree.parse(text.text(), text.line())).filter(root -> !root.isScalar());
        } catch (YamlFormatException e) {
            return Optional.empty();
        }
    }
}
