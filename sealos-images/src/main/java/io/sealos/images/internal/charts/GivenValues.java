package io.sealos.images.internal.charts;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a chart as Helm merges them: those that are given, then those of the chart, then those of its
 * dependencies.
 */
final class GivenValues {
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private final YamlNode given;

    GivenValues(YamlNode given) {
        this.given = given;
    }

    /** {@return the value of a key in the values of a part of the chart, or null if nothing sets it} */
    @Nullable
    YamlNode find(ChartPart part, List<String> path) {
        List<String> keys = new ArrayList<>(part.prefix());
        keys.addAll(path);
        YamlNode found = in(given, keys);
        List<ChartPart> parts = new ArrayList<>();
        for (ChartPart it = part; it != null; it = it.above()) {
            parts.add(it);
        }
        Collections.reverse(parts);
        for (int i = 0; i < parts.size() && found == null; i++) {
            ChartPart it = parts.get(i);
            found = in(it.values(), keys.subList(it.prefix().size(), keys.size()));
        }
        return found;
    }

    /** {@return the value of a key in a mapping, or null} */
    static @Nullable YamlNode in(YamlNode values, List<String> keys) {
        YamlNode at = values;
        for (String key : keys) {
            at = at == null || !at.isMapping() ? null : at.get(key);
        }
        return at;
    }

    /** {@return the boolean that Helm reads; empty if the node is something else} */
    static Optional<Boolean> flag(@Nullable YamlNode node) {
        if (node == null || !node.isPlain()) {
            return Optional.empty();
        }
        String text = node.text().toLowerCase(Locale.ROOT);
        return TRUE.contains(text) ? Optional.of(true) : Optional.of(false).filter(it -> FALSE.contains(text));
    }
}
