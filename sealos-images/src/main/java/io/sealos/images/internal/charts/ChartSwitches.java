package io.sealos.images.internal.charts;

import io.sealos.images.internal.charts.ChartPart.Dependency;
import io.sealos.images.internal.values.MergedValues;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the switches that the values of a chart offer, each with a value that differs from the one that is set. */
final class ChartSwitches {
    /** The order in which switches are tried, because their number and time are limited. */
    enum Rank {
        /** Switched on, beside an image or for a dependency. */
        LIKELY,
        SWITCHED_ON,
        CHOSEN,
        SWITCHED_OFF
    }

    /**
     * A switch with another value.
     *
     * @param key the key, as {@code --set} accepts it
     * @param value the value
     * @param isText whether the value is a text, unlike {@code true} and {@code false}
     * @param file the file of the chart that has the key
     * @param line the line in that file
     */
    record Found(String key, String value, boolean isText, String file, int line, Rank rank) {}

    /** The place of a key, and whether an image or a dependency is beside it. */
    private record Place(String file, YamlNode node, boolean isLikely) {}

    private static final int MOST_NODES = 200_000;
    private static final int MAX_DEPTH = 64;

    private final SortedMap<String, String> texts;
    private final GivenValues values;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private int nodes;
    private boolean isWhole = true;

    private ChartSwitches(SortedMap<String, String> texts, GivenValues values) {
        this.texts = texts;
        this.values = values;
    }

    /**
     * Finds the switches of a chart.
     *
     * @param texts the texts of the chart by their path
     * @param given the values with which the chart is installed
     */
    static ChartSwitches of(SortedMap<String, String> texts, YamlNode given) {
        ChartSwitches switches = new ChartSwitches(texts, new GivenValues(given));
        List<ChartPart> parts = ChartPart.all(texts);
        List<ChartPart> enabled = new ArrayList<>();
        for (ChartPart part : parts) {
            boolean above = part.above() == null || enabled.contains(part.above());
            if (above && switches.isEnabled(part, parts.get(0))) {
                enabled.add(part);
            }
        }
        enabled.forEach(part -> switches.read(part, parts.get(0)));
        return switches;
    }

    /** {@return the switches, those that are tried first at the start} */
    List<Found> all() {
        return found.values().stream().sorted(Comparator.comparing(Found::rank)).toList();
    }

    /** {@return whether the files are not so large that some of their values were not read} */
    boolean isWhole() {
        return isWhole;
    }

    private void read(ChartPart part, ChartPart top) {
        for (Dependency dependency : part.dependencies(texts)) {
            conditions(dependency).forEach(path -> flag(part, path, dependency));
            tags(dependency).forEach(tag -> flag(top, List.of("tags", tag), dependency));
        }
        mapping(part, part.values(), List.of());
        String schema = part.directory() + "values.schema.json";
        isWhole &= SchemaChoices.read(part.schema(), (path, value) -> choice(part, path, value, schema));
    }

    private void mapping(ChartPart part, YamlNode mapping, List<String> path) {
        if (path.size() > MAX_DEPTH) {
            isWhole = false;
            return;
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (++nodes > MOST_NODES) {
                isWhole = false;
                return;
            }
            List<String> inner =
                    Stream.concat(path.stream(), Stream.of(entry.key())).toList();
            if (entry.value().isMapping()) {
                mapping(part, entry.value(), inner);
            } else if (SwitchNames.isSwitch(entry.key())) {
                Place place = new Place(part.directory() + "values.yaml", entry.value(), hasImage(mapping));
                other(values.find(part, inner)).ifPresent(value -> add(part, inner, value, false, place));
            }
        }
    }

    /** {@return the other value of a boolean, or of one that is not set; empty for other values} */
    private static Optional<String> other(@Nullable YamlNode node) {
        return node == null || (node.isPlain() && node.isNull())
                ? Optional.of("true")
                : GivenValues.flag(node).map(it -> String.valueOf(!it));
    }

    /** Adds a condition or a tag, unless nothing sets it. */
    private void flag(ChartPart part, List<String> path, Dependency dependency) {
        YamlNode set = values.find(part, path);
        String value = set == null ? "" : other(set).orElse("");
        YamlNode own = GivenValues.in(part.values(), path);
        Place place = own == null
                ? new Place(dependency.file(), dependency.entry(), true)
                : new Place(part.directory() + "values.yaml", own, true);
        if (!value.isEmpty()) {
            add(part, path, value, false, place);
        }
    }

    private void choice(ChartPart part, List<String> path, YamlNode value, String file) {
        YamlNode set = values.find(part, path);
        Optional<Boolean> flag = value.isString() ? Optional.empty() : GivenValues.flag(value);
        boolean isText = value.isScalar() && !value.isNull() && (!value.isPlain() || value.isString());
        boolean isSet = set != null && set.isScalar() && set.text().equals(value.text());
        if ((flag.isPresent() || isText) && !isSet) {
            add(part, path, value.text(), isText, new Place(file, value, false));
        }
    }

    /** {@return whether a mapping has an image} */
    private static boolean hasImage(YamlNode mapping) {
        return mapping.entries().stream()
                .map(it -> it.key().toLowerCase(Locale.ROOT))
                .anyMatch(it -> it.contains("image") && !it.contains("pull"));
    }

    private void add(ChartPart part, List<String> path, String value, boolean isText, Place place) {
        String key = Stream.concat(part.prefix().stream(), path.stream())
                .map(MergedValues::escape)
                .collect(Collectors.joining("."));
        boolean isOn = value.equals("true") != SwitchNames.isInverse(path.get(path.size() - 1));
        Rank on = place.isLikely() ? Rank.LIKELY : Rank.SWITCHED_ON;
        Rank rank = isText ? Rank.CHOSEN : isOn ? on : Rank.SWITCHED_OFF;
        boolean isNamed = Stream.concat(part.prefix().stream(), path.stream()).noneMatch(String::isEmpty);
        if (isNamed) {
            found.putIfAbsent(
                    key + "=" + value,
                    new Found(key, value, isText, place.file(), place.node().line(), rank));
        }
    }

    /** {@return whether Helm renders a dependency: its first condition that is set decides, else its tags do} */
    private boolean isEnabled(ChartPart part, ChartPart top) {
        ChartPart above = part.above();
        if (above == null) {
            return true;
        }
        String key = part.prefix().get(part.prefix().size() - 1);
        Optional<Dependency> dependency = above.dependencies(texts).stream()
                .filter(it -> it.key().equals(key))
                .findFirst();
        List<List<String>> conditions =
                dependency.map(ChartSwitches::conditions).orElse(List.of());
        for (List<String> path : conditions) {
            Optional<Boolean> flag = GivenValues.flag(values.find(above, path));
            if (flag.isPresent()) {
                return flag.get();
            }
        }
        List<Boolean> tags = dependency.map(ChartSwitches::tags).orElse(List.of()).stream()
                .flatMap(tag -> GivenValues.flag(values.find(top, List.of("tags", tag))).stream())
                .toList();
        return tags.isEmpty() || tags.contains(true);
    }

    private static List<List<String>> conditions(Dependency dependency) {
        return Stream.of(dependency.entry().textOf("condition").split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .map(it -> List.of(it.split("\\.")))
                .toList();
    }

    private static List<String> tags(Dependency dependency) {
        YamlNode tags = dependency.entry().get("tags");
        return tags == null
                ? List.of()
                : tags.items().stream().map(YamlNode::text).toList();
    }
}
