package io.sealos.images.internal.operator;

import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A path to fields of an object, such as {@code spec.containers[name=web].image}. A text on the way is read as YAML.
 *
 * @param text the path as written
 * @param steps its steps
 */
record FieldQuery(String text, List<Step> steps) {
    /** The most fields that are returned. */
    private static final int MOST = 100;
    /** The most nodes that are visited, which matters for aliases below wildcards only. */
    private static final int MOST_VISITS = 100_000;

    private static final int LONGEST = 500;

    private static final String ESCAPED_DOT = "\\.";
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

    /** A step from a node to nodes below it. */
    record Step(Kind kind, String key, String value) {}

    /** The kinds of steps. */
    enum Kind {
        /** The value of a key. */
        KEY,
        /** The values of all keys. */
        KEYS,
        /** All items. */
        ITEMS,
        /** An item by its index. */
        INDEX,
        /** The items with a text at a key. */
        MATCH
    }

    /** {@return the query of a path; empty if the path is malformed} */
    static Optional<FieldQuery> parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length() && text.length() <= LONGEST) {
            boolean item = text.charAt(at) == '[';
            boolean dot = text.charAt(at) == '.';
            if (at == 0 ? item || dot : !item && !dot) {
                return Optional.empty();
            }
            int start = item || dot ? at + 1 : at;
            int end = item ? text.indexOf(']', start) : keyEnd(text, start);
            Optional<Step> step = end <= start ? Optional.empty() : step(text.substring(start, end), item);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
            at = item ? end + 1 : end;
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new FieldQuery(text, List.copyOf(steps)));
    }

    /** {@return the end of a key, in which a dot may be escaped} */
    private static int keyEnd(String text, int start) {
        int end = start;
        while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
            end += text.startsWith(ESCAPED_DOT, end) ? ESCAPED_DOT.length() : 1;
        }
        return end;
    }

    private static Optional<Step> step(String text, boolean item) {
        if (text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
            return Optional.empty();
        }
        if (!item) {
            String key = text.replace(ESCAPED_DOT, ".");
            return Optional.of(new Step(key.equals("*") ? Kind.KEYS : Kind.KEY, key, ""));
        }
        if (text.equals("*")) {
            return Optional.of(new Step(Kind.ITEMS, "", ""));
        }
        if (INDEX.matcher(text).matches()) {
            return Optional.of(new Step(Kind.INDEX, text, ""));
        }
        int equals = text.indexOf('=');
        return equals > 0 && equals < text.length() - 1
                ? Optional.of(new Step(Kind.MATCH, text.substring(0, equals), text.substring(equals + 1)))
                : Optional.empty();
    }

    /** {@return the fields of an object, at most {@value #MOST}} */
    List<YamlNode> find(YamlNode object) {
        Search search = new Search();
        search.visit(object, 0);
        return search.found;
    }

    /** The search for the fields of one object. */
    private final class Search {
        private final List<YamlNode> found = new ArrayList<>();
        private int visits;

        void visit(YamlNode node, int at) {
            if (found.size() >= MOST || ++visits > MOST_VISITS) {
                return;
            }
            if (at == steps.size()) {
                found.add(node);
            } else if (node.isScalar()) {
                text(node, at);
            } else {
                below(node, steps.get(at)).forEach(it -> visit(it, at + 1));
            }
        }

        private List<YamlNode> below(YamlNode node, Step step) {
            return switch (step.kind()) {
                case KEY -> Stream.ofNullable(node.get(step.key())).toList();
                case KEYS -> node.entries().stream().map(YamlNode.Entry::value).toList();
                case ITEMS -> node.items();
                case INDEX ->
                    node.items().stream()
                            .skip(Integer.parseInt(step.key()))
                            .limit(1)
                            .toList();
                case MATCH ->
                    node.items().stream()
                            .filter(it -> it.textOf(step.key()).equals(step.value()))
                            .toList();
            };
        }

        /** Visits a text as YAML. A text without the last key of the path is not parsed. */
        private void text(YamlNode node, int at) {
            String last = steps.get(steps.size() - 1).key();
            if (node.text().indexOf(':') < 0 || !node.text().contains(last)) {
                return;
            }
            try {
                YamlNode root = YamlTree.parse(node.text(), node.placeOf(0));
                if (root != null && !root.isScalar()) {
                    visit(root, at);
                }
            } catch (YamlFormatException e) {
                // The text is not YAML.
                return;
            }
        }
    }
}
