package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a JSON patch (RFC 6902): add, remove, replace, move, copy, test. */
final class JsonPatch {
    private JsonPatch() {}

    static YamlNode apply(YamlNode root, YamlNode operations) throws KustomizeException {
        YamlNode patched = root;
        for (YamlNode operation : operations.items()) {
            patched = operation(patched, operation);
        }
        return patched;
    }

    private static YamlNode operation(YamlNode root, YamlNode operation) throws KustomizeException {
        List<String> path = path(operation, "path");
        YamlNode value = operation.get("value");
        return switch (operation.textOf("op")) {
            case "add" -> change(root, path, valued(value, operation), true, operation);
            case "replace" -> change(root, path, valued(value, operation), false, operation);
            case "remove" -> change(root, path, null, false, operation);
            case "copy" -> change(root, path, existing(root, operation), true, operation);
            case "move" -> {
                YamlNode moved = existing(root, operation);
                YamlNode without = change(root, path(operation, "from"), null, false, operation);
                yield change(without, path, moved, true, operation);
            }
            case "test" -> root;
            default ->
                throw new KustomizeException(
                        operation.line(), "has a JSON patch with the operation '" + operation.textOf("op") + "'");
        };
    }

    private static YamlNode valued(@Nullable YamlNode value, YamlNode operation) throws KustomizeException {
        if (value == null) {
            throw new KustomizeException(operation.line(), "has a JSON patch without a value");
        }
        return value;
    }

    private static YamlNode existing(YamlNode root, YamlNode operation) throws KustomizeException {
        YamlNode node = root;
        for (String name : path(operation, "from")) {
            YamlNode next = node.isSequence() ? item(node, name) : node.get(name);
            if (next == null) {
                throw missing(operation, "from");
            }
            node = next;
        }
        return node;
    }

    private static @Nullable YamlNode item(YamlNode list, String name) {
        int at = index(name);
        return at < 0 || at >= list.items().size() ? null : list.items().get(at);
    }

    private static List<String> path(YamlNode operation, String key) throws KustomizeException {
        String text = operation.textOf(key);
        if (!text.startsWith("/")) {
            throw new KustomizeException(
                    operation.line(), "has a JSON patch whose " + key + " '" + text + "' does not begin with a slash");
        }
        return Arrays.stream(text.substring(1).split("/", -1))
                .map(it -> it.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static YamlNode change(
            YamlNode node, List<String> path, @Nullable YamlNode value, boolean adds, YamlNode operation)
            throws KustomizeException {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (node.isSequence()) {
            return changeItem(node, name, rest, value, adds, operation);
        }
        @Nullable YamlNode child = node.get(name);
        if (!node.isMapping() || (child == null && !(adds && rest.isEmpty()))) {
            throw missing(operation, "path");
        }
        return node.with(name, rest.isEmpty() || child == null ? value : change(child, rest, value, adds, operation));
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static YamlNode changeItem(
            YamlNode list, String name, List<String> rest, @Nullable YamlNode value, boolean adds, YamlNode operation)
            throws KustomizeException {
        List<YamlNode> items = new ArrayList<>(list.items());
        boolean inserts = adds && rest.isEmpty();
        int at = name.equals("-") && inserts ? items.size() : index(name);
        if (at < 0 || at > items.size() - (inserts ? 0 : 1)) {
            throw missing(operation, "path");
        }
        if (inserts && value != null) {
            items.add(at, value);
        } else if (!rest.isEmpty()) {
            items.set(at, change(items.get(at), rest, value, adds, operation));
        } else if (value == null) {
            items.remove(at);
        } else {
            items.set(at, value);
        }
        return list.withItems(items);
    }

    private static int index(String name) {
        boolean number = !name.isEmpty() && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(name) : -1;
    }

    private static KustomizeException missing(YamlNode operation, String key) {
        return new KustomizeException(
                operation.line(),
                "has a JSON patch for '" + operation.textOf(key) + "', which the object does not have");
    }
}
