package io.sealos.images.internal.operator;

import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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

    /** A dot within a key, and the character that stands for it while a path is split. */
    private static final String ESCAPED_DOT = "\\.";

    private static final char DOT = '\0';

    private static final Pattern STEP = Pattern.compile("(?:^|\\.)([^.\\[\\]]{1,200}+)"
            + "|\\[(?:(\\*)|([0-9]{1,6}+)|([A-Za-z0-9_-]{1,100}+)=([^\\[\\]]{1,200}+))\\]");

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
        String split = text.replace(ESCAPED_DOT, String.valueOf(DOT));
        Matcher step = STEP.matcher(split);
        int end = 0;
        while (end < split.length() && step.find(end) && step.start() == end) {
            steps.add(step(step));
            end = step.end();
        }
        boolean whole = end == split.length() && !steps.isEmpty() && text.length() <= LONGEST && !text.startsWith(".");
        return whole ? Optional.of(new FieldQuery(text, List.copyOf(steps))) : Optional.empty();
    }

    private static Step step(Matcher step) {
        if (step.group(1) != null) {
            String key = step.group(1).replace(DOT, '.');
            return new Step(key.equals("*") ? Kind.KEYS : Kind.KEY, key, "");
        }
        if (step.group(2) != null) {
            return new Step(Kind.ITEMS, "", "");
        }
        return step.group(3) != null
                ? new Step(Kind.INDEX, step.group(3), "")
                : new Step(Kind.MATCH, step.group(4), step.group(5));
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
