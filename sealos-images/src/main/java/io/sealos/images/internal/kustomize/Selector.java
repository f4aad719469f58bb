package io.sealos.images.internal.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Selects the resources to which a patch applies, by anchored regular expressions and by selectors of labels and
 * annotations.
 */
final class Selector {
    private Selector() {}

    /** {@return the selector for the target of a patch} */
    static Predicate<Resource> ofTarget(YamlNode target) throws KustomizeException {
        Pattern group = pattern(target, "group");
        Pattern version = pattern(target, "version");
        Pattern kind = pattern(target, "kind");
        Pattern name = pattern(target, "name");
        Pattern namespace = pattern(target, "namespace");
        Predicate<Resource> tags = ofTags(target);
        return it -> {
            Identity now = it.identity();
            Identity original = it.original();
            return matches(group, now.group())
                    && matches(version, now.version())
                    && matches(kind, now.kind())
                    && (matches(name, original.name()) || matches(name, now.name()))
                    && (matches(namespace, original.namespace()) || matches(namespace, now.namespace()))
                    && tags.test(it);
        };
    }

    /** {@return the selector for the target of a replacement, without the objects that it rejects} */
    static Predicate<Resource> ofReplacement(YamlNode target, YamlNode select) throws KustomizeException {
        Predicate<Resource> chosen = ofTags(select);
        YamlNode rejects = target.get("reject");
        for (YamlNode reject : rejects == null ? List.<YamlNode>of() : rejects.items()) {
            boolean tagged = !reject.textOf("labelSelector").isEmpty()
                    || !reject.textOf("annotationSelector").isEmpty();
            boolean named = reject.entries().stream()
                    .anyMatch(it ->
                            !it.key().endsWith("Selector") && !it.value().text().isEmpty());
            chosen = tagged ? chosen.and(ofTags(reject).negate()) : chosen;
            chosen = named
                    ? chosen.and(it -> it.identities().stream().noneMatch(id -> id.isSelectedBy(reject)))
                    : chosen;
        }
        return chosen.and(it -> it.identities().stream().anyMatch(id -> id.isSelectedBy(select)));
    }

    private static Predicate<Resource> ofTags(YamlNode select) throws KustomizeException {
        return tags(select, "labelSelector", "labels").and(tags(select, "annotationSelector", "annotations"));
    }

    private static @Nullable Pattern pattern(YamlNode target, String key) throws KustomizeException {
        String text = target.textOf(key);
        try {
            return text.isEmpty() ? null : Pattern.compile("^(?:" + text + ")$");
        } catch (PatternSyntaxException e) {
            throw new KustomizeException(
                    target.line(), "has a target whose " + key + " is not a valid expression: " + e.getDescription());
        }
    }

    private static boolean matches(@Nullable Pattern pattern, String value) {
        return pattern == null || pattern.matcher(value).find();
    }

    private static Predicate<Resource> tags(YamlNode target, String key, String where) throws KustomizeException {
        Predicate<Resource> all = it -> true;
        for (String part : requirements(target.textOf(key))) {
            Requirement requirement = Requirement.parse(part.strip(), target.line());
            all = all.and(it -> requirement.isMetBy(it.tag(where, requirement.key())));
        }
        return all;
    }

    /** {@return the requirements, which are separated by the commas outside parentheses} */
    private static List<String> requirements(String selector) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= selector.length(); i++) {
            char c = i == selector.length() ? ',' : selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth <= 0 || i == selector.length())) {
                parts.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        parts.removeIf(String::isBlank);
        return parts;
    }
}
