package io.sealos.images.internal.kustomize;

import com.google.re2j.Pattern;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a value: a text, a number, a boolean, a list or named fields. Kustomize refuses a file with another form.
 * Names of fields are case-insensitive, and a null counts as missing.
 */
final class Shape {
    private enum Form {
        TEXT("a text"),
        NUMBER("a whole number"),
        FLAG("true or false"),
        LIST("a list"),
        PAIRS("a mapping"),
        FIELDS("a mapping"),
        ANY("a value");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    static final Shape TEXT = new Shape(Form.TEXT, null, Map.of());
    static final Shape NUMBER = new Shape(Form.NUMBER, null, Map.of());
    static final Shape FLAG = new Shape(Form.FLAG, null, Map.of());
    static final Shape ANY = new Shape(Form.ANY, null, Map.of());
    static final Shape TEXTS = listOf(TEXT);
    static final Shape TEXT_PAIRS = pairsOf(TEXT);

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)");
    private static final Pattern FRACTION = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF|nan|NaN)");
    private static final Pattern SWITCH =
            Pattern.compile("y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE");

    private final Form form;
    private final @Nullable Shape inner;
    private final Map<String, Shape> fields;

    private Shape(Form form, @Nullable Shape inner, Map<String, Shape> fields) {
        this.form = form;
        this.inner = inner;
        this.fields = fields;
    }

    static Shape listOf(Shape items) {
        return new Shape(Form.LIST, items, Map.of());
    }

    static Shape pairsOf(Shape values) {
        return new Shape(Form.PAIRS, values, Map.of());
    }

    /** {@return the form of an object with named fields} */
    static Shape fields(Map<String, Shape> own, Shape... included) {
        Map<String, Shape> all = new LinkedHashMap<>(own);
        for (Shape other : included) {
            all.putAll(other.fields);
        }
        return new Shape(Form.FIELDS, null, all);
    }

    /** {@return the form of an object whose fields all have one form} */
    static Shape fieldsOf(Shape each, String... names) {
        Map<String, Shape> all = new LinkedHashMap<>();
        for (String name : names) {
            all.put(name, each);
        }
        return new Shape(Form.FIELDS, null, all);
    }

    /**
     * {@return the value with the canonical names of its fields and without nulls}
     *
     * @throws KustomizeException if the value has another form
     */
    YamlNode checked(YamlNode node, String name) throws KustomizeException {
        if (form == Form.ANY) {
            return node;
        }
        if (node.isNull() && !(form == Form.TEXT && node.isScalar())) {
            return YamlNode.mapping(new Place(node.line(), node.column()));
        }
        return switch (form) {
            case LIST -> list(node, name);
            case PAIRS, FIELDS -> mapping(node, name);
            default -> scalar(node, name);
        };
    }

    private YamlNode list(YamlNode node, String name) throws KustomizeException {
        if (!node.isSequence() || inner == null) {
            throw wrong(node, name);
        }
        List<YamlNode> items = new ArrayList<>();
        for (YamlNode item : node.items()) {
            items.add(inner.checked(item, name));
        }
        return node.withItems(items);
    }

    private YamlNode mapping(YamlNode node, String name) throws KustomizeException {
        if (!node.isMapping()) {
            throw wrong(node, name);
        }
        YamlNode checked = YamlNode.mapping(new Place(node.line(), node.column()));
        for (YamlNode.Entry entry : node.entries()) {
            String key = inner == null ? known(entry) : entry.key();
            Shape shape = inner == null ? fields.get(key) : inner;
            if (shape != null && !isAbsent(entry.value())) {
                checked = checked.with(key, shape.checked(entry.value(), key));
            }
        }
        return checked;
    }

    private static boolean isAbsent(YamlNode value) {
        return value.isNull() && (value.isPlain() || !value.isScalar());
    }

    private String known(YamlNode.Entry entry) throws KustomizeException {
        if (fields.containsKey(entry.key())) {
            return entry.key();
        }
        for (String field : fields.keySet()) {
            if (field.equalsIgnoreCase(entry.key())) {
                return field;
            }
        }
        throw new KustomizeException(
                entry.value().line(),
                "the kustomization has the field '" + entry.key() + "'" + Kustomization.detail(entry.value())
                        + ", which kustomize does not know there");
    }

    private YamlNode scalar(YamlNode node, String name) throws KustomizeException {
        if (!node.isScalar()) {
            throw wrong(node, name);
        }
        String text = node.isPlain() ? node.text() : "";
        boolean whole = WHOLE.matches(text);
        boolean flag = SWITCH.matches(text);
        boolean fits = switch (form) {
            case NUMBER -> whole;
            case FLAG -> flag;
            default -> !whole && !flag && !FRACTION.matches(text);
        };
        if (!fits) {
            throw wrong(node, name);
        }
        return isAbsent(node) ? node.withText("") : node;
    }

    private KustomizeException wrong(YamlNode node, String name) {
        String found = node.isScalar() ? "'" + node.text() + "'" : node.isMapping() ? "a mapping" : "a list";
        boolean quotes = form == Form.TEXT && node.isScalar();
        return new KustomizeException(
                node.line(),
                "the kustomization has " + found + " in '" + name + "', where kustomize takes " + form.words
                        + (quotes ? " only; put it in quotes" : " only"));
    }
}
