package io.sealos.images.internal.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the variables of {@code postBuild} of a Kustomization of Flux: <code>${NAME}</code>, with a default after
 * {@code :-}, {@code -}, {@code :=} or {@code =}. A variable that is not set remains, so that an image with it is
 * reported. So does one with a default if the cluster may set it.
 */
final class FluxVariables {
    private static final String DISABLED = "kustomize.toolkit.fluxcd.io/substitute";
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:(:-|-|:=|=)(.*))?", Pattern.DOTALL);
    private static final int DEEPEST = 10;
    private static final int MAX_NODES = 1_000_000;

    private final Map<String, String> values = new HashMap<>();
    private final boolean more;
    private final boolean applied;
    /** The number of visited nodes, aliases counted each time; a document with more is not scanned either. */
    private int nodes;

    /**
     * Creates the variables of the {@code spec} of a Kustomization. Those of ConfigMaps and Secrets are overridden by
     * those of later ones, and by its own.
     *
     * @param objects returns the variables of a ConfigMap or Secret by its kind and name
     */
    FluxVariables(YamlNode spec, BiFunction<String, String, Optional<Map<String, String>>> objects) {
        YamlNode build = spec.get("postBuild");
        YamlNode set = build == null ? null : build.get("substitute");
        YamlNode from = build == null ? null : build.get("substituteFrom");
        boolean missing = false;
        for (YamlNode object : from == null ? List.<YamlNode>of() : from.items()) {
            Optional<Map<String, String>> known = objects.apply(object.textOf("kind"), object.textOf("name"));
            missing |= known.isEmpty();
            known.ifPresent(it -> it.forEach((name, text) -> values.put(name, text.replace("\n", ""))));
        }
        if (set != null) {
            set.entries().forEach(it -> values.put(it.key(), it.value().text()));
        }
        this.more = missing;
        this.applied = more || !values.isEmpty();
    }

    /** {@return an object with the values of its variables} */
    YamlNode apply(YamlNode object) {
        YamlNode metadata = object.get("metadata");
        boolean disabled = isDisabled(metadata, "labels") || isDisabled(metadata, "annotations");
        nodes = 0;
        return applied && !disabled ? replaced(object) : object;
    }

    private static boolean isDisabled(@Nullable YamlNode metadata, String tags) {
        YamlNode all = metadata == null ? null : metadata.get(tags);
        return all != null && all.textOf(DISABLED).equals("disabled");
    }

    private YamlNode replaced(YamlNode node) {
        if (++nodes > MAX_NODES) {
            return node;
        }
        if (node.isMapping()) {
            return node.withValues(this::replaced);
        }
        if (node.isSequence()) {
            return node.withItems(node.items().stream().map(this::replaced).toList());
        }
        String text = text(node.text(), 0);
        return text.equals(node.text()) ? node : YamlNode.text(text, node.placeOf(0));
    }

    private String text(String text, int depth) {
        StringBuilder all = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", done)) {
            int end = end(text, at);
            if (end < 0) {
                break;
            }
            boolean escaped = at > done && text.charAt(at - 1) == '$';
            all.append(text, done, escaped ? at - 1 : at);
            String written = text.substring(at, end);
            all.append(escaped ? written : value(written, depth));
            done = end;
        }
        return all.append(text.substring(done)).toString();
    }

    /** {@return the position after the brace that closes an expression, or -1} */
    private static int end(String text, int start) {
        int open = 0;
        for (int i = start; i < text.length(); i++) {
            open += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (open == 0 && i > start) {
                return i + 1;
            }
        }
        return -1;
    }

    private String value(String written, int depth) {
        Matcher name = NAME.matcher(written.substring(2, written.length() - 1));
        if (!name.matches() || depth > DEEPEST) {
            return written;
        }
        String value = values.get(name.group(1));
        String operator = name.group(2) == null ? "" : name.group(2);
        boolean missing = value == null || (value.isEmpty() && operator.startsWith(":"));
        if (!missing) {
            return String.valueOf(value);
        }
        boolean defaulted = !operator.isEmpty() && !more;
        return defaulted ? text(name.group(3), depth + 1) : written;
    }
}
