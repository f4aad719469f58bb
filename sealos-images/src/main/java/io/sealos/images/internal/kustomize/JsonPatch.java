package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a JSON patch (RFC 6902): add, remove, replace, move, copy, test. Like the library of kustomize, it counts
 * negative indexes from the end, and adds a key that is replaced but does not exist.
 */
final class JsonPatch {
    private enum Change {
        ADD,
        REPLACE,
        REMOVE
    }

    private final YamlNode operation;
    private final Work work;

    private JsonPatch(YamlNode operation, Work work) {
        this.operation = operation;
        this.work = work;
    }

    static YamlNode apply(YamlNode root, YamlNode operations, Work work) throws KustomizeException {
        YamlNode patched = root;
        for (YamlNode operation : operations.items()) {
            patched = new JsonPatch(operation, work).apply(patched);
        }
        return patched;
    }

    private YamlNode apply(YamlNode root) throws KustomizeException {
        String kind = operation.textOf("op");
        List<String> path = path("path");
        return switch (kind) {
            case "add" -> change(root, path, Change.ADD, value());
            case "replace" -> change(root, path, Change.REPLACE, value());
            case "remove" -> change(root, path, Change.REMOVE, null);
            case "copy" -> change(root, path, Change.ADD, existing(root, "from"));
            case "move" -> {
                YamlNode moved = existing(root, "from");
                yield change(change(root, path("from"), Change.REMOVE, null), path, Change.ADD, moved);
            }
            case "test" -> tested(root);
            default -> throw problem("has a JSON patch with the operation '" + kind + "'");
        };
    }

    /** {@return the value, which is null if it is missing} */
    private YamlNode value() {
        YamlNode value = operation.get("value");
        YamlNode.Place place = new YamlNode.Place(operation.line(), operation.column());
        return value == null ? YamlNode.text("", place) : value;
    }

    private YamlNode tested(YamlNode root) throws KustomizeException {
        YamlNode found = find(root, path("path"));
        YamlNode value = value();
        boolean same = found == null ? value.isNull() : isSame(found, value);
        if (!same) {
            throw problem("has a JSON patch whose test of '" + operation.textOf("path") + "' fails");
        }
        return root;
    }

    private boolean isSame(YamlNode a, @Nullable YamlNode b) throws KustomizeException {
        work.step(operation.line());
        if (b == null
                || a.kind() != b.kind()
                || a.entries().size() != b.entries().size()
                || a.items().size() != b.items().size()) {
            return false;
        }
        if (a.isScalar()) {
            return a.isNull() ? b.isNull() : a.text().equals(b.text()) && a.isString() == b.isString();
        }
        boolean same = true;
        for (int i = 0; same && i < a.items().size(); i++) {
            same = isSame(a.items().get(i), b.items().get(i));
        }
        for (int i = 0; same && i < a.entries().size(); i++) {
            YamlNode.Entry entry = a.entries().get(i);
            same = isSame(entry.value(), b.get(entry.key()));
        }
        return same;
    }

    private YamlNode existing(YamlNode root, String key) throws KustomizeException {
        YamlNode found = find(root, path(key));
        if (found == null) {
            throw missing(key);
        }
        return found;
    }

    private static @Nullable YamlNode find(YamlNode root, List<String> path) {
        YamlNode node = root;
        for (String name : path) {
            node = node == null ? null : node.isSequence() ? item(node, name) : node.get(name);
        }
        return node;
    }

    private static @Nullable YamlNode item(YamlNode list, String name) {
        int at = index(name, list.items().size());
        return at < 0 || at >= list.items().size() ? null : list.items().get(at);
    }

    private List<String> path(String key) throws KustomizeException {
        String text = operation.textOf(key);
        if (text.isEmpty()) {
            return List.of();
        }
        if (!text.startsWith("/")) {
            throw problem("has a JSON patch whose " + key + " '" + text + "' does not begin with a slash");
        }
        return Arrays.stream(text.substring(1).split("/", -1))
                .map(it -> it.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private YamlNode change(YamlNode node, List<String> path, Change change, @Nullable YamlNode value)
            throws KustomizeException {
        if (path.isEmpty()) {
            if (value == null || !value.isMapping() || change != Change.REPLACE) {
                throw problem("has a JSON patch for the whole object that is not a replacement by another");
            }
            return value;
        }
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (node.isSequence()) {
            return changeItem(node, name, rest, change, value);
        }
        YamlNode child = node.get(name);
        boolean sets = rest.isEmpty() && change != Change.REMOVE;
        if (!node.isMapping() || (child == null && !sets)) {
            throw missing("path");
        }
        return node.with(
                name, rest.isEmpty() || child == null ? replacing(child, value) : change(child, rest, change, value));
    }

    private static @Nullable YamlNode replacing(@Nullable YamlNode old, @Nullable YamlNode value) {
        return old != null && value != null && value.isScalar() ? value.replacing(old) : value;
    }

    private YamlNode changeItem(YamlNode list, String name, List<String> rest, Change change, @Nullable YamlNode value)
            throws KustomizeException {
        List<YamlNode> items = new ArrayList<>(list.items());
        boolean inserts = change == Change.ADD && rest.isEmpty();
        int size = items.size() + (inserts ? 1 : 0);
        int at = name.equals("-") && inserts ? items.size() : index(name, size);
        if (at < 0 || at >= size) {
            throw missing("path");
        }
        if (inserts && value != null) {
            items.add(at, value);
        } else if (!rest.isEmpty()) {
            items.set(at, change(items.get(at), rest, change, value));
        } else if (value == null) {
            items.remove(at);
        } else {
            items.set(at, value);
        }
        return list.withItems(items);
    }

    private static int index(String name, int size) {
        boolean negative = name.startsWith("-");
        String digits = negative ? name.substring(1) : name;
        boolean number =
                !digits.isEmpty() && digits.length() < 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int at = number ? Integer.parseInt(digits) : Integer.MAX_VALUE;
        return negative && number ? size - at : at;
    }

    private KustomizeException missing(String key) {
        return problem("has a JSON patch for '" + operation.textOf(key) + "', which the object does not have");
    }

    private KustomizeException problem(String message) {
        return new KustomizeException(operation.line(), message);
    }
}
