package io.sealos.images.internal.operator;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a file about an operator, which is read with checks.
 *
 * @param name the name of the mapping in messages
 * @param node the mapping
 */
record CheckedNode(String name, YamlNode node) {
    /** The most items of a list, and entries of a mapping. */
    static final int MOST = 2_000;

    private static final int LONGEST = 500;

    /** Reads an item of a list. */
    @FunctionalInterface
    interface Item<T> {
        T read(CheckedNode item) throws OperatorFormatException;
    }

    /** {@return a node that must be a mapping} */
    static CheckedNode of(String name, YamlNode node) throws OperatorFormatException {
        if (!node.isMapping()) {
            throw new OperatorFormatException(node.line(), name + " is not a mapping", "write keys with values");
        }
        if (node.entries().size() > MOST) {
            throw new OperatorFormatException(
                    node.line(), name + " has more than " + MOST + " entries", "split it into several files");
        }
        Set<String> keys = new HashSet<>();
        for (YamlNode.Entry entry : node.entries()) {
            if (!keys.add(entry.key())) {
                throw new OperatorFormatException(
                        entry.value().line(), name + " has the key '" + entry.key() + "' twice", "remove one of them");
            }
        }
        return new CheckedNode(name, node);
    }

    /** Refuses other keys than the given ones. */
    CheckedNode withOnly(String... keys) throws OperatorFormatException {
        Set<String> known = Set.of(keys);
        for (YamlNode.Entry entry : node.entries()) {
            if (!known.contains(entry.key())) {
                throw new OperatorFormatException(
                        entry.value().line(),
                        name + " has the unknown key '" + entry.key() + "'",
                        "the keys are " + String.join(", ", keys));
            }
        }
        return this;
    }

    OperatorFormatException fault(String problem, String fix) {
        return new OperatorFormatException(node.line(), name + " " + problem, fix);
    }

    boolean has(String key) {
        return node.get(key) != null;
    }

    Optional<String> text(String key) throws OperatorFormatException {
        YamlNode value = node.get(key);
        return value == null ? Optional.empty() : Optional.of(text(key, value));
    }

    private String text(String key, YamlNode value) throws OperatorFormatException {
        if (!value.isScalar() || (value.isPlain() && value.isNull())) {
            throw new OperatorFormatException(value.line(), name + ": " + key + " is not a text", "write a text");
        }
        if (value.text().length() > LONGEST) {
            throw new OperatorFormatException(
                    value.line(), name + ": " + key + " is longer than " + LONGEST + " characters", "shorten it");
        }
        return value.text();
    }

    /** {@return a text that must be there} */
    String required(String key) throws OperatorFormatException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            throw fault("has no " + key, "add it");
        }
        return text.get();
    }

    /** {@return a text that must be there and have a form} */
    String required(String key, Pattern form, String fix) throws OperatorFormatException {
        return formed(key, required(key), form, fix);
    }

    String formed(String key, String text, Pattern form, String fix) throws OperatorFormatException {
        if (!form.matcher(text).matches()) {
            YamlNode value = node.get(key);
            throw new OperatorFormatException(
                    value == null ? node.line() : value.line(), name + ": " + key + " cannot be '" + text + "'", fix);
        }
        return text;
    }

    /** {@return the version at a key} */
    Optional<Version> version(String key) throws OperatorFormatException {
        Optional<String> text = text(key);
        if (text.isPresent() && !Version.isPlain(text.get())) {
            throw fault(key + " cannot be '" + text.get() + "'", "write a version such as 1.28.0");
        }
        return text.map(Version::of);
    }

    /** {@return the texts of a list, or the only one; none if the key is missing} */
    List<String> texts(String key) throws OperatorFormatException {
        List<String> texts = new ArrayList<>();
        YamlNode value = node.get(key);
        if (value != null && value.isScalar()) {
            texts.add(text(key, value));
        } else {
            for (YamlNode item : list(key, value)) {
                texts.add(text(key, item));
            }
        }
        return List.copyOf(texts);
    }

    private List<YamlNode> list(String key, @Nullable YamlNode value) throws OperatorFormatException {
        if (value == null) {
            return List.of();
        }
        if (!value.isSequence()) {
            throw new OperatorFormatException(value.line(), name + ": " + key + " is not a list", "write a list");
        }
        if (value.items().size() > MOST) {
            throw new OperatorFormatException(
                    value.line(),
                    name + ": " + key + " has more than " + MOST + " items",
                    "split it into several files");
        }
        return value.items();
    }

    /** {@return the items of a list of mappings; none if the key is missing} */
    <T> List<T> items(String key, Item<T> reader) throws OperatorFormatException {
        List<T> items = new ArrayList<>();
        List<YamlNode> nodes = list(key, node.get(key));
        for (int i = 0; i < nodes.size(); i++) {
            items.add(reader.read(of(key + "[" + i + "]", nodes.get(i))));
        }
        return List.copyOf(items);
    }

    /** {@return the entries of a mapping, whose values are texts; none if the key is missing} */
    Map<String, String> entries(String key, Pattern form, String fix) throws OperatorFormatException {
        Map<String, String> entries = new LinkedHashMap<>();
        YamlNode value = node.get(key);
        if (value != null) {
            CheckedNode mapping = of(key, value);
            for (YamlNode.Entry entry : value.entries()) {
                mapping.formed(entry.key(), entry.key(), form, fix);
                entries.put(entry.key(), mapping.text(entry.key(), entry.value()));
            }
        }
        return entries;
    }
}
