package io.sealos.images.internal.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses the resources that a patch is for: anchored expressions, and selectors of labels and annotations. */
final class Selector {
    private Selector() {}

    /** The target of a patch. */
    static Predicate<Resource> ofTarget(YamlNode target) throws KustomizeException {
        List<Predicate<Resource>> all = new ArrayList<>();
        Pattern group = pattern(target, "group");
        Pattern version = pattern(target, "version");
        Pattern kind = pattern(target, "kind");
        Pattern name = pattern(target, "name");
        Pattern namespace = pattern(target, "namespace");
        all.add(it -> matches(group, List.of(it.group())));
        all.add(it -> matches(version, List.of(it.version())));
        all.add(it -> matches(kind, List.of(it.kind())));
        all.add(it -> matches(name, it.names()));
        all.add(it -> matches(namespace, it.namespaces()));
        Predicate<Map<String, String>> labels = labels(target, "labelSelector");
        Predicate<Map<String, String>> annotations = labels(target, "annotationSelector");
        all.add(it -> labels.test(it.labels()) && annotations.test(it.annotations()));
        return it -> all.stream().allMatch(each -> each.test(it));
    }

    /** The source, a target or a reject of a replacement, which are no expressions. */
    static Predicate<Resource> ofReplacement(YamlNode select) throws KustomizeException {
        Predicate<Map<String, String>> labels = labels(select, "labelSelector");
        return it -> is(select, "group", List.of(it.group()))
                && is(select, "version", List.of(it.version()))
                && is(select, "kind", List.of(it.kind()))
                && is(select, "name", it.names())
                && is(select, "namespace", it.namespaces())
                && labels.test(it.labels());
    }

    private static boolean is(YamlNode select, String key, Collection<String> values) {
        String wanted = select.textOf(key);
        return wanted.isEmpty() || values.contains(wanted);
    }

    private static @Nullable Pattern pattern(YamlNode target, String key) throws KustomizeException {
        String text = target.textOf(key);
        try {
            return text.isEmpty() ? null : Pattern.compile("^(?:" + text + ")$");
        } catch (PatternSyntaxException e) {
            throw new KustomizeException(
                    target.line(), "has a target whose " + key + " is no expression: " + e.getDescription());
        }
    }

    private static boolean matches(@Nullable Pattern pattern, Collection<String> values) {
        return pattern == null
                || values.stream().anyMatch(it -> pattern.matcher(it).matches());
    }

    private static Predicate<Map<String, String>> labels(YamlNode target, String key) throws KustomizeException {
        Predicate<Map<String, String>> all = labels -> true;
        for (String part : requirements(target.textOf(key))) {
            all = all.and(requirement(part.strip(), target.line()));
        }
        return all;
    }

    /** Splits at the commas that are not inside of brackets. */
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

    private static Predicate<Map<String, String>> requirement(String text, int line) throws KustomizeException {
        int bracket = text.indexOf('(');
        if (bracket > 0 && text.endsWith(")")) {
            return set(text.substring(0, bracket).strip(), text.substring(bracket + 1, text.length() - 1), line);
        }
        int not = text.indexOf("!=");
        if (not > 0) {
            String value = text.substring(not + 2).strip();
            return it -> !value.equals(it.get(text.substring(0, not).strip()));
        }
        int equals = text.indexOf('=');
        if (equals > 0) {
            String value = text.substring(text.startsWith("==", equals) ? equals + 2 : equals + 1)
                    .strip();
            return it -> value.equals(it.get(text.substring(0, equals).strip()));
        }
        return text.startsWith("!") ? it -> !it.containsKey(text.substring(1).strip()) : it -> it.containsKey(text);
    }

    private static Predicate<Map<String, String>> set(String head, String list, int line) throws KustomizeException {
        List<String> values =
                Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        int space = head.indexOf(' ');
        String key = space < 0 ? head : head.substring(0, space);
        String operator = space < 0 ? "" : head.substring(space).strip();
        return switch (operator) {
            case "in" -> it -> it.containsKey(key) && values.contains(it.get(key));
            case "notin" -> it -> !values.contains(String.valueOf(it.get(key)));
            default ->
                throw new KustomizeException(line, "has a selector '" + head + "' that is neither 'in' nor 'notin'");
        };
    }
}
