package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Copies a field of one object, or a part of it, into fields of others. */
final class Replacement {
    private final YamlNode rule;

    Replacement(YamlNode rule) {
        this.rule = rule;
    }

    void apply(List<Resource> resources) throws KustomizeException {
        YamlNode value = source(resources);
        YamlNode targets = rule.get("targets");
        if (targets == null) {
            throw new KustomizeException(rule.line(), "has a replacement without targets");
        }
        for (YamlNode target : targets.items()) {
            apply(target, value, resources);
        }
    }

    private YamlNode source(List<Resource> resources) throws KustomizeException {
        YamlNode constant = rule.get("sourceValue");
        YamlNode source = rule.get("source");
        if (constant != null || source == null) {
            return constant == null ? missing("a replacement without a source") : constant;
        }
        String path = source.textOf("fieldPath");
        FieldPath field = FieldPath.ofDots(path.isEmpty() ? "metadata.name" : path);
        List<Resource> found =
                resources.stream().filter(Selector.ofReplacement(source)).toList();
        if (found.size() != 1) {
            return missing("a replacement whose source is " + (found.isEmpty() ? "no object" : "several objects"));
        }
        YamlNode value = field.find(found.get(0).root());
        return value == null
                ? missing("a replacement from '" + path + "', which the source does not have")
                : part(value, source.get("options"));
    }

    private YamlNode missing(String what) throws KustomizeException {
        throw new KustomizeException(rule.line(), "has " + what);
    }

    private static YamlNode part(YamlNode value, @Nullable YamlNode options) {
        String delimiter = options == null ? "" : options.textOf("delimiter");
        if (delimiter.isEmpty() || options == null) {
            return value;
        }
        List<String> parts = split(value.text(), delimiter);
        int index = index(options);
        return index < 0 || index >= parts.size() ? value : value.withText(parts.get(index));
    }

    private static List<String> split(String text, String delimiter) {
        return Arrays.asList(text.split(Pattern.quote(delimiter), -1));
    }

    private static int index(YamlNode options) {
        String text = options.textOf("index");
        boolean number = text.matches("-?[0-9]{1,6}");
        return number ? Integer.parseInt(text) : 0;
    }

    private void apply(YamlNode target, YamlNode value, List<Resource> resources) throws KustomizeException {
        YamlNode select = target.get("select");
        if (select == null) {
            throw new KustomizeException(target.line(), "has a replacement whose target selects nothing");
        }
        Predicate<Resource> chosen = Selector.ofReplacement(select);
        for (YamlNode reject : items(target, "reject")) {
            chosen = chosen.and(Selector.ofReplacement(reject).negate());
        }
        for (Resource resource : resources) {
            if (chosen.test(resource)) {
                set(target, value, resource);
            }
        }
    }

    private static void set(YamlNode target, YamlNode value, Resource resource) throws KustomizeException {
        @Nullable YamlNode options = target.get("options");
        boolean creates = options != null && options.textOf("create").equals("true");
        for (YamlNode path : items(target, "fieldPaths")) {
            FieldPath field = FieldPath.ofDots(path.text());
            boolean there = field.find(resource.root()) != null;
            if (!there && !creates) {
                throw new KustomizeException(
                        path.line(), "has a replacement for '" + path.text() + "', which the target does not have");
            }
            resource.replace(
                    there
                            ? field.change(resource.root(), old -> replaced(old, value, options))
                            : field.create(resource.root(), value));
        }
    }

    private static List<YamlNode> items(YamlNode node, String key) {
        YamlNode list = node.get(key);
        return list == null ? List.of() : list.items();
    }

    private static YamlNode replaced(YamlNode old, YamlNode value, @Nullable YamlNode options) {
        String delimiter = options == null ? "" : options.textOf("delimiter");
        if (options == null || delimiter.isEmpty() || !old.isScalar()) {
            return value;
        }
        List<String> parts = new ArrayList<>(split(old.text(), delimiter));
        int index = index(options);
        if (index < 0) {
            parts.add(0, value.text());
        } else if (index >= parts.size()) {
            parts.add(value.text());
        } else {
            parts.set(index, value.text());
        }
        return value.withText(String.join(delimiter, parts));
    }
}
