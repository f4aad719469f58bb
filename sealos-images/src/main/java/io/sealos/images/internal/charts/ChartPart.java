package io.sealos.images.internal.charts;

import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chart or one of its dependencies, with the files that describe its values.
 *
 * @param directory the directory in the chart, which ends with a slash
 * @param prefix the keys below which the values of the chart at the top have those of this one
 * @param metadata the {@code Chart.yaml}
 * @param values the {@code values.yaml}
 * @param schema the {@code values.schema.json}
 * @param above the chart above; null for the chart at the top
 */
record ChartPart(
        String directory,
        List<String> prefix,
        YamlNode metadata,
        YamlNode values,
        YamlNode schema,
        @Nullable ChartPart above) {
    private static final int MOST = 200;
    private static final YamlNode NONE = YamlNode.mapping(new YamlNode.Place(1, 1));

    /** An entry of the dependencies of a chart. */
    record Dependency(String file, YamlNode entry) {
        String key() {
            String alias = entry.textOf("alias");
            return alias.isEmpty() ? entry.textOf("name") : alias;
        }
    }

    /** {@return the chart with its dependencies, the chart itself first; empty if it has no {@code Chart.yaml}} */
    static List<ChartPart> all(SortedMap<String, String> texts) {
        List<ChartPart> parts = new ArrayList<>();
        texts.keySet().stream()
                .filter(name -> name.endsWith("/Chart.yaml") && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .map(name -> name.substring(0, name.length() - "Chart.yaml".length()))
                .ifPresent(top -> add(parts, of(texts, top, List.of(), null), texts));
        return parts;
    }

    private static void add(List<ChartPart> parts, ChartPart part, SortedMap<String, String> texts) {
        if (parts.size() >= MOST || part.metadata.textOf("type").equals("library")) {
            return;
        }
        parts.add(part);
        for (String below : directories(texts, part.directory + "charts/")) {
            String name = parsed(texts, below + "Chart.yaml").textOf("name");
            List<String> keys = part.dependencies(texts).stream()
                    .filter(it -> it.entry().textOf("name").equals(name))
                    .map(Dependency::key)
                    .distinct()
                    .toList();
            for (String key : keys.isEmpty() ? List.of(name) : keys) {
                List<String> inner =
                        Stream.concat(part.prefix.stream(), Stream.of(key)).toList();
                add(parts, of(texts, below, inner, part), texts);
            }
        }
    }

    private static ChartPart of(
            SortedMap<String, String> texts, String directory, List<String> prefix, @Nullable ChartPart above) {
        return new ChartPart(
                directory,
                prefix,
                parsed(texts, directory + "Chart.yaml"),
                parsed(texts, directory + "values.yaml"),
                parsed(texts, directory + "values.schema.json"),
                above);
    }

    /** {@return the directories of charts in a directory} */
    private static List<String> directories(SortedMap<String, String> texts, String parent) {
        return texts.tailMap(parent).keySet().stream()
                .takeWhile(name -> name.startsWith(parent))
                .filter(name -> name.endsWith("/Chart.yaml"))
                .map(name -> name.substring(0, name.length() - "Chart.yaml".length()))
                .filter(name -> name.indexOf('/', parent.length()) == name.length() - 1)
                .toList();
    }

    /** {@return the dependencies that the {@code Chart.yaml} lists, or the file of older charts} */
    List<Dependency> dependencies(SortedMap<String, String> texts) {
        List<Dependency> dependencies = new ArrayList<>();
        for (String file : List.of("Chart.yaml", "requirements.yaml")) {
            YamlNode list = parsed(texts, directory + file).get("dependencies");
            if (list != null) {
                list.items().forEach(it -> dependencies.add(new Dependency(directory + file, it)));
            }
        }
        return dependencies;
    }

    /** {@return the mapping in a text; an empty one if there is none} */
    private static YamlNode parsed(SortedMap<String, String> texts, String name) {
        try {
            YamlNode root = YamlTree.parse(texts.getOrDefault(name, ""), 1);
            return root != null && root.isMapping() ? root : NONE;
        } catch (YamlFormatException e) {
            // Helm does not render a chart with such a file, which is reported.
            return NONE;
        }
    }
}
