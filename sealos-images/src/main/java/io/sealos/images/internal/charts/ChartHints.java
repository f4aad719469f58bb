package io.sealos.images.internal.charts;

import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.Finders;
import io.sealos.images.internal.finder.ManifestWalk;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.TextLines;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds images that a chart names but does not render with these values: in its values and their comments, its image
 * lists, its templates and its readme. All of them have the confidence POSSIBLE.
 */
public final class ChartHints {
    private static final List<String> IMAGE_LISTS = List.of("artifacthub.io/images", "helm.sh/images", "images");

    private final SortedMap<String, String> texts;
    private final BiConsumer<String, Sighting> found;

    private ChartHints(SortedMap<String, String> texts, BiConsumer<String, Sighting> found) {
        this.texts = texts;
        this.found = found;
    }

    /**
     * Reports each occurrence with the file of the chart that contains it.
     *
     * @return the reason why files were omitted; empty if none were
     */
    public static Optional<String> scan(Path chart, BiConsumer<String, Sighting> found) throws IOException {
        ChartSources sources = ChartSources.of(chart);
        ChartHints hints = new ChartHints(sources.texts(), found);
        hints.texts.keySet().forEach(hints::scan);
        return sources.leftOut();
    }

    private void scan(String name) {
        String text = texts.getOrDefault(name, "");
        String file = name.substring(name.lastIndexOf('/') + 1);
        Consumer<Sighting> possible = it -> found.accept(name, it.asPossible());
        if (file.equals("Chart.yaml")) {
            annotations(text, possible);
        } else if (file.equals("Images.lock")) {
            tree(text, Finders.forLists(FinderNames.IMAGES_LOCK), possible);
        } else if (name.contains("/templates/")) {
            TextLines.ofText(FinderNames.TEMPLATE_TEXT, possible).read(text, 1);
        } else if (file.endsWith(".md")) {
            TextLines.ofText(FinderNames.README, possible).read(text, 1);
        } else {
            tree(text, Finders.forValues(appVersion(name)), possible);
            TextLines.ofComments(possible).read(text, 1);
        }
    }

    private static void annotations(String chartYaml, Consumer<Sighting> possible) {
        YamlNode root = parse(chartYaml);
        YamlNode annotations = root == null ? null : root.get("annotations");
        if (annotations != null) {
            IMAGE_LISTS.forEach(key -> list(annotations.get(key), possible));
        }
    }

    private static void list(@Nullable YamlNode text, Consumer<Sighting> possible) {
        YamlNode list = text == null ? null : parse(text.text(), text.placeOf(0));
        if (list != null) {
            new ManifestWalk(possible, Finders.forLists(FinderNames.CHART_ANNOTATION)).walk(list);
        }
    }

    private String appVersion(String values) {
        String chart = values.substring(0, values.lastIndexOf('/') + 1) + "Chart.yaml";
        YamlNode root = parse(texts.getOrDefault(chart, ""));
        return root == null ? "" : root.textOf("appVersion");
    }

    private static void tree(String text, List<MappingFinder> finders, Consumer<Sighting> possible) {
        YamlNode root = parse(text);
        if (root == null) {
            TextLines.ofText(FinderNames.VALUES_TEXT, possible).read(text, 1);
        } else {
            new ManifestWalk(possible, finders).walk(root);
        }
    }

    private static @Nullable YamlNode parse(String text) {
        return parse(text, new Place(1, 1));
    }

    private static @Nullable YamlNode parse(String text, Place origin) {
        try {
            return YamlTree.parse(text, origin);
        } catch (YamlFormatException e) {
            // The rendering of the chart reports the problem if it matters.
            return null;
        }
    }
}
