package io.sealos.images.internal.charts;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the enumerations of a {@code values.schema.json}: {@code enum}, and {@code const} in alternatives. */
final class SchemaChoices {
    /** Receives a value that the schema allows for a key. */
    interface Receiver {
        void choice(List<String> path, YamlNode value);
    }

    private static final List<String> COMBINED = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> CONDITIONAL = List.of("then", "else");
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VISITS = 20_000;

    private final YamlNode root;
    private final Receiver receiver;
    private int visits;

    private SchemaChoices(YamlNode root, Receiver receiver) {
        this.root = root;
        this.receiver = receiver;
    }

    /** {@return whether the schema was read as a whole, and is not too large} */
    static boolean read(YamlNode schema, Receiver receiver) {
        SchemaChoices choices = new SchemaChoices(schema, receiver);
        choices.visit(schema, List.of(), 0);
        return choices.visits <= MAX_VISITS;
    }

    private void visit(YamlNode schema, List<String> path, int depth) {
        if (depth > MAX_DEPTH || ++visits > MAX_VISITS) {
            return;
        }
        if (!path.isEmpty()) {
            values(schema, path);
        }
        YamlNode properties = schema.get("properties");
        if (properties != null) {
            for (YamlNode.Entry property : properties.entries()) {
                List<String> inner = new ArrayList<>(path);
                inner.add(property.key());
                visit(property.value(), inner, depth + 1);
            }
        }
        alternatives(schema).forEach(it -> visit(it, path, depth + 1));
    }

    private void values(YamlNode schema, List<String> path) {
        YamlNode listed = schema.get("enum");
        if (listed != null) {
            listed.items().forEach(value -> receiver.choice(path, value));
        }
        YamlNode only = schema.get("const");
        if (only != null) {
            receiver.choice(path, only);
        }
    }

    /** {@return the schemas that describe the same value} */
    private List<YamlNode> alternatives(YamlNode schema) {
        List<YamlNode> all = new ArrayList<>();
        for (String key : COMBINED) {
            YamlNode list = schema.get(key);
            all.addAll(list == null ? List.of() : list.items());
        }
        for (String key : CONDITIONAL) {
            YamlNode other = schema.get(key);
            all.addAll(other == null ? List.of() : List.of(other));
        }
        all.addAll(referred(schema.textOf("$ref")));
        return all;
    }

    /** {@return the schema at a reference within the file, such as {@code #/definitions/mode}} */
    private List<YamlNode> referred(String reference) {
        if (!reference.startsWith("#/")) {
            return List.of();
        }
        YamlNode at = root;
        for (String step : reference.substring(2).split("/", -1)) {
            String key = step.replace("~1", "/").replace("~0", "~");
            at = at == null ? null : at.get(key);
        }
        return at == null ? List.of() : List.of(at);
    }
}
