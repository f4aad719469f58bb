package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A way to fields of an object: names with dots or slashes between, {@code [key=value]} or a number for an item of a
 * list, {@code *} or {@code name[]} for all of them.
 */
final class FieldPath {
    private final List<String> steps;

    private FieldPath(List<String> steps) {
        this.steps = steps;
    }

    /** As replacements write it: {@code spec.containers.[name=a].image}; a dot in a name has a backslash before it. */
    static FieldPath ofDots(String text) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                step.append(text.charAt(++i));
            } else if (c == '.' && !bracket) {
                steps.add(step.toString());
                step.setLength(0);
            } else {
                bracket = c == '[' || (bracket && c != ']');
                step.append(c);
            }
        }
        steps.add(step.toString());
        return new FieldPath(steps);
    }

    /** As configurations write it: {@code spec/containers[]/image}. */
    static FieldPath ofSlashes(String text) {
        List<String> steps = new ArrayList<>();
        for (String step : text.split("/", -1)) {
            steps.add(step.endsWith("[]") ? step.substring(0, step.length() - 2) : step);
            if (step.endsWith("[]")) {
                steps.add("*");
            }
        }
        return new FieldPath(steps);
    }

    /** The first field that the path leads to, or null. */
    @Nullable
    YamlNode find(YamlNode root) {
        List<YamlNode> found = new ArrayList<>();
        change(root, it -> {
            found.add(it);
            return it;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /** The object with all fields that the path leads to changed; the same object where it leads to none. */
    YamlNode change(YamlNode root, UnaryOperator<YamlNode> change) {
        return change(root, steps, change);
    }

    /** The object with the field set, and the mappings on the way made where they are missing. */
    YamlNode create(YamlNode root, YamlNode value) {
        return create(root, steps, value);
    }

    private static YamlNode create(YamlNode node, List<String> steps, YamlNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        if (!node.isMapping()) {
            return change(node, steps, it -> value);
        }
        @Nullable YamlNode child = node.get(steps.get(0));
        YamlNode start = child == null ? YamlNode.mapping(new YamlNode.Place(value.line(), value.column())) : child;
        return node.with(steps.get(0), create(start, steps.subList(1, steps.size()), value));
    }

    private static YamlNode change(YamlNode node, List<String> steps, UnaryOperator<YamlNode> change) {
        if (steps.isEmpty()) {
            return change.apply(node);
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (node.isSequence()) {
            return changeItems(node, step, rest, change);
        }
        YamlNode child = node.get(step);
        if (child == null) {
            return node;
        }
        YamlNode changed = change(child, rest, change);
        return changed == child ? node : node.with(step, changed);
    }

    private static YamlNode changeItems(YamlNode list, String step, List<String> rest, UnaryOperator<YamlNode> change) {
        List<YamlNode> items = new ArrayList<>(list.items());
        boolean changed = false;
        for (int i = 0; i < items.size(); i++) {
            if (isMeant(step, i, items.get(i))) {
                YamlNode item = change(items.get(i), rest, change);
                changed |= item != items.get(i);
                items.set(i, item);
            }
        }
        return changed ? list.withItems(items) : list;
    }

    private static boolean isMeant(String step, int index, YamlNode item) {
        int equals = step.indexOf('=');
        if (step.startsWith("[") && step.endsWith("]") && equals > 0) {
            String value = step.substring(equals + 1, step.length() - 1);
            String key = step.substring(1, equals);
            return key.isEmpty() ? item.text().equals(value) : item.textOf(key).equals(value);
        }
        return step.equals("*") || step.equals(String.valueOf(index));
    }
}
