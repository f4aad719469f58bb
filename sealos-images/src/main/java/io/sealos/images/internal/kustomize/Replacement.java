package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.internal.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies a field of one object, or a part of it, into fields of others. */
final class Replacement {
    private static final String NAME = "metadata.name";

    private final YamlNode rule;
    private final Work work;

    Replacement(YamlNode rule, Work work) {
        this.rule = rule;
        this.work = work;
    }

    void apply(List<Resource> resources) throws KustomizeException {
        YamlNode source = rule.get("source");
        YamlNode targets = rule.get("targets");
        if (source == null) {
            throw problem("a replacement without a source");
        }
        if (targets == null) {
            throw problem("a replacement without targets");
        }
        YamlNode value = value(source, resources);
        for (YamlNode target : targets.items()) {
            apply(target, value, resources);
        }
    }

    private YamlNode value(YamlNode source, List<Resource> resources) throws KustomizeException {
        List<Resource> found = resources.stream()
                .filter(it -> it.identities().stream().anyMatch(id -> id.isSelectedBy(source)))
                .toList();
        if (found.size() != 1) {
            throw problem("a replacement whose source matches " + (found.isEmpty() ? "no object" : "several objects"));
        }
        String path = source.textOf("fieldPath");
        YamlNode value = FieldPath.of(source.withText(path.isEmpty() ? NAME : path))
                .find(found.get(0).root());
        boolean secret = found.get(0).kind().equals("Secret") && path.startsWith("data.");
        boolean empty = value == null
                || (!value.isScalar()
                        && value.entries().isEmpty()
                        && value.items().isEmpty());
        if (value == null || empty || secret) {
            throw problem("a replacement from '" + path + "', which "
                    + (secret ? "is encoded in a Secret" : "the source does not have"));
        }
        return part(value, source.get("options"));
    }

    private KustomizeException problem(String what) {
        return new KustomizeException(rule.line(), "has " + what);
    }

    private YamlNode part(YamlNode value, @Nullable YamlNode options) throws KustomizeException {
        String delimiter = options == null ? "" : options.textOf("delimiter");
        if (delimiter.isEmpty() || options == null) {
            return value;
        }
        List<String> parts = split(value.text(), delimiter);
        int index = index(options);
        if (!value.isScalar() || index < 0 || index >= parts.size()) {
            throw problem("a replacement from part " + index + " of '" + value.text() + "', which has "
                    + Count.of(parts.size(), "part"));
        }
        return value.withText(parts.get(index));
    }

    private static List<String> split(String text, String delimiter) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start)) {
            parts.add(text.substring(start, at));
            start = at + delimiter.length();
        }
        parts.add(text.substring(start));
        return parts;
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
        Predicate<Resource> chosen = Selector.ofReplacement(target, select);
        for (Resource resource : resources) {
            if (chosen.test(resource)) {
                set(target, value, resource);
            }
        }
    }

    private void set(YamlNode target, YamlNode value, Resource resource) throws KustomizeException {
        @Nullable YamlNode options = target.get("options");
        boolean creates = options != null && options.textOf("create").equals("true");
        YamlNode paths = target.get("fieldPaths");
        List<YamlNode> all = paths == null || paths.items().isEmpty() ? List.of(target.withText(NAME)) : paths.items();
        for (YamlNode path : all) {
            FieldPath field = FieldPath.of(path);
            FieldSpec.Change change = old -> {
                YamlNode replaced = replaced(old, value, options);
                return replaced.isScalar() ? replaced.replacing(old) : replaced;
            };
            resource.replace(field.new Target(change, creates ? value : null, work).apply(resource.root()));
        }
    }

    private static YamlNode replaced(YamlNode old, YamlNode value, @Nullable YamlNode options)
            throws KustomizeException {
        String delimiter = options == null ? "" : options.textOf("delimiter");
        if (options == null || delimiter.isEmpty()) {
            return old.isScalar() && !value.isScalar() ? old.withText("") : value;
        }
        if (!old.isScalar()) {
            throw new KustomizeException(old.line(), "has a replacement of a part of a value that is not text");
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
