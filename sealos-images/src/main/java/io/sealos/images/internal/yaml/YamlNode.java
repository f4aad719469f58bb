package io.sealos.images.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node of a YAML or JSON document with the 1-based line and column where it starts. */
public final class YamlNode {
    /** What a node is. */
    public enum Kind {
        SCALAR,
        MAPPING,
        SEQUENCE
    }

    /** A key of a mapping with its value. */
    public record Entry(String key, YamlNode value) {}

    private static final Pattern NO_STRING =
            Pattern.compile("~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9][0-9_]*(\\.[0-9]*)?");

    private final Kind kind;
    private final int line;
    private final int column;
    private final String text;
    private final boolean plain;
    private final List<Entry> entries = new ArrayList<>();
    private final List<YamlNode> items = new ArrayList<>();

    YamlNode(Kind kind, int line, int column, String text, boolean plain) {
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.text = text;
        this.plain = plain;
    }

    void add(String key, YamlNode value) {
        entries.add(new Entry(key, value));
    }

    void add(YamlNode item) {
        items.add(item);
    }

    public Kind kind() {
        return kind;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** The scalar as written, without its quotes; empty for the other kinds. */
    public String text() {
        return text;
    }

    public boolean isMapping() {
        return kind == Kind.MAPPING;
    }

    public boolean isSequence() {
        return kind == Kind.SEQUENCE;
    }

    public boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    /** Whether this is a scalar without quotes. */
    public boolean isPlain() {
        return plain;
    }

    /** Whether this is a scalar that YAML reads as text: no number, boolean or null. */
    public boolean isString() {
        return isScalar()
                && !text.isEmpty()
                && !(plain && NO_STRING.matcher(text).matches());
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    public List<YamlNode> items() {
        return Collections.unmodifiableList(items);
    }

    /** The value of a key, or null. */
    public @Nullable YamlNode get(String key) {
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    /** The text of a key's scalar, or an empty text. */
    public String textOf(String key) {
        YamlNode value = get(key);
        return value == null ? "" : value.text();
    }
}
