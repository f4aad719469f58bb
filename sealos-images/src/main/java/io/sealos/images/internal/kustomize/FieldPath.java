package io.sealos.images.internal.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A path to fields of an object in the syntax of replacements: names separated by dots, a number or {@code [key=value]}
 * for an item of a list, and {@code *} for all items. A dot in a name is escaped with a backslash, or the name is in
 * brackets.
 */
final class FieldPath {
    private final YamlNode written;
    private final List<String> steps;

    private FieldPath(YamlNode written, List<String> steps) {
        this.written = written;
        this.steps = steps;
    }

    static FieldPath of(YamlNode written) {
        return new FieldPath(written, steps(written.text()));
    }

    private static List<String> steps(String text) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '.') {
                step.append(text.charAt(++i));
            } else if (c == '.' && !bracket) {
                steps.add(step(step.toString()));
                step.setLength(0);
            } else {
                step.append(c);
                bracket = step.charAt(0) == '[' && c != ']';
            }
        }
        steps.add(step(step.toString()));
        // Kustomize also accepts a path that begins with the delimiter.
        return steps.size() > 1 && steps.get(0).isEmpty() ? steps.subList(1, steps.size()) : steps;
    }

    /** {@return the name of a step, without the brackets around a name that has dots} */
    private static String step(String text) {
        boolean name = isItem(text) && text.indexOf('=') < 0 && text.indexOf('.') >= 0;
        return name ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isItem(String step) {
        return step.length() > 1 && step.startsWith("[") && step.endsWith("]");
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@return the field of a source, or null} If several items match, the first one is used. */
    @Nullable
    YamlNode find(YamlNode root) throws KustomizeException {
        YamlNode node = root;
        // Only in a source, kustomize ignores blanks and empty names.
        for (String step :
                steps.stream().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
            if (step.equals("*")) {
                throw problem("has a replacement from '" + written.text() + "', and a source can have no '*'");
            }
            if (node != null) {
                node = node.isSequence() ? item(node, step) : node.get(step);
            }
        }
        return node;
    }

    private static @Nullable YamlNode item(YamlNode list, String step) {
        if (isIndex(step)) {
            int at = Integer.parseInt(step);
            return at < list.items().size() ? list.items().get(at) : null;
        }
        if (step.equals("-")) {
            return list.items().isEmpty() ? null : list.items().get(list.items().size() - 1);
        }
        String key = key(step);
        String value = value(step);
        Predicate<YamlNode> meant = it -> (key.isEmpty() ? it.text() : it.textOf(key)).equals(value);
        return list.items().stream().filter(meant).findFirst().orElse(null);
    }

    private static String key(String step) {
        return step.substring(Math.min(1, step.length()), Math.max(1, step.indexOf('=')));
    }

    private static String value(String step) {
        return step.substring(step.indexOf('=') + 1, Math.max(step.indexOf('=') + 1, step.length() - 1));
    }

    private KustomizeException problem(String message) {
        return new KustomizeException(written.line(), message);
    }

    /** Changes the fields to which a path leads. */
    final class Target {
        private final FieldSpec.Change change;
        /** A sample of the value that is created if the path does not exist, or null if nothing is created. */
        private final @Nullable YamlNode made;

        private final Work work;
        private boolean found;

        Target(FieldSpec.Change change, @Nullable YamlNode made, Work work) {
            this.work = work;
            this.change = change;
            this.made = made;
        }

        YamlNode apply(YamlNode root) throws KustomizeException {
            YamlNode changed = apply(root, 0);
            if (!found) {
                throw missing();
            }
            return changed;
        }

        private KustomizeException missing() {
            return problem("has a replacement for '" + written.text() + "', which the target does not have");
        }

        private YamlNode apply(YamlNode node, int at) throws KustomizeException {
            work.step(node.line());
            if (at == steps.size()) {
                found = true;
                return change.apply(node);
            }
            String step = steps.get(at);
            if (isIndex(step)) {
                return index(list(node), at, Integer.parseInt(step));
            }
            if (isItem(step)) {
                return items(list(node), at, matching(step));
            }
            return step.equals("*") ? items(list(node), at, it -> true) : field(node, at, step);
        }

        private YamlNode list(YamlNode node) throws KustomizeException {
            if (!node.isSequence()) {
                throw missing();
            }
            return node;
        }

        private YamlNode field(YamlNode node, int at, String step) throws KustomizeException {
            if (!node.isMapping()) {
                throw missing();
            }
            YamlNode child = node.get(step);
            YamlNode start = child == null && made != null ? started(at + 1, made) : child;
            return start == null ? node : node.with(step, apply(start, at + 1));
        }

        private YamlNode started(int at, YamlNode like) {
            YamlNode mapping = YamlNode.mapping(new Place(like.line(), like.column()));
            if (at < steps.size()) {
                boolean list = isItem(steps.get(at)) || isIndex(steps.get(at));
                return list ? YamlNode.sequence(new Place(like.line(), like.column())) : mapping;
            }
            return like.isScalar() ? like.withText("") : like.isMapping() ? mapping : like.withItems(List.of());
        }

        private YamlNode index(YamlNode list, int at, int index) throws KustomizeException {
            List<YamlNode> items = new ArrayList<>(list.items());
            if (index == items.size() && made != null) {
                items.add(started(at + 1, made));
            }
            if (index >= items.size()) {
                throw missing();
            }
            items.set(index, apply(items.get(index), at + 1));
            return list.withItems(items);
        }

        /** {@return the condition in brackets, the value of which is an expression that may match anywhere} */
        private Predicate<YamlNode> matching(String step) throws KustomizeException {
            try {
                Pattern pattern = Pattern.compile(value(step));
                String key = key(step);
                return it -> {
                    YamlNode value = key.isEmpty() ? it : it.get(key);
                    return value != null && pattern.matcher(value.text()).find();
                };
            } catch (PatternSyntaxException e) {
                throw problem("has a replacement for '" + written.text() + "', which is not a valid expression: "
                        + e.getDescription());
            }
        }

        private YamlNode items(YamlNode list, int at, Predicate<YamlNode> meant) throws KustomizeException {
            boolean before = found;
            found = false;
            List<YamlNode> items = new ArrayList<>();
            for (YamlNode item : list.items()) {
                items.add(meant.test(item) ? apply(item, at + 1) : item);
            }
            String step = steps.get(at);
            if (!found && made != null && isItem(step)) {
                YamlNode item = made.withText(value(step));
                String key = key(step);
                YamlNode place = YamlNode.mapping(new Place(made.line(), made.column()));
                items.add(apply(key.isEmpty() ? item : place.with(key, item), at + 1));
            }
            found |= before;
            return list.withItems(items);
        }
    }
}
