package io.sealos.images.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node of a YAML or JSON document with the 1-based line and column where it starts. */
public final class YamlNode {
    /** The kinds of node. */
    public enum Kind {
        SCALAR,
        MAPPING,
        SEQUENCE
    }

    /** A 1-based line and column. */
    public record Place(int line, int column) {}

    /** A key of a mapping with its value. */
    public record Entry(String key, YamlNode value) {}

    private static final int INDEXED = 16;
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL");
    private static final Pattern NO_STRING =
            Pattern.compile("~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9][0-9_]*+(\\.[0-9]*+)?");

    private final Kind kind;
    private final int line;
    private final int column;
    private final String text;
    private final boolean plain;
    private final int textLine;
    private final int textIndent;
    private final List<Entry> entries;
    private final List<YamlNode> items;
    /** A bit for the hash of each key: most questions are about keys that are not there. */
    private long keyBits;

    private @Nullable Map<String, YamlNode> index;

    private YamlNode(Kind kind, Place start, String text, boolean plain, Place content) {
        this.kind = kind;
        this.line = start.line();
        this.column = start.column();
        this.text = text;
        this.plain = plain;
        this.textLine = content.line();
        this.textIndent = content.column() - 1;
        this.entries = kind == Kind.MAPPING ? new ArrayList<>(4) : List.of();
        this.items = kind == Kind.SEQUENCE ? new ArrayList<>(4) : List.of();
    }

    static YamlNode collection(Kind kind, Place start) {
        return new YamlNode(kind, start, "", false, start);
    }

    static YamlNode scalar(Place start, String text, boolean plain) {
        return new YamlNode(Kind.SCALAR, start, text, plain, start);
    }

    /** A block scalar: its text starts elsewhere than its indicator. */
    static YamlNode block(Place start, String text, Place content) {
        return new YamlNode(Kind.SCALAR, start, text, false, content);
    }

    /** A text of several lines that starts at a place. */
    public static YamlNode text(String text, Place start) {
        return block(start, text, start);
    }

    /** A mapping without entries. */
    public static YamlNode mapping(Place start) {
        return collection(Kind.MAPPING, start);
    }

    /** A sequence without items. */
    public static YamlNode sequence(Place start) {
        return collection(Kind.SEQUENCE, start);
    }

    /** This mapping with a value of a key, or without the key where the value is null. */
    public YamlNode with(String key, @Nullable YamlNode value) {
        YamlNode copy = mapping(new Place(line, column));
        for (Entry entry : entries) {
            if (!entry.key().equals(key)) {
                copy.add(entry.key(), entry.value());
            } else if (value != null && copy.get(key) == null) {
                copy.add(key, value);
            }
        }
        if (value != null && copy.get(key) == null) {
            copy.add(key, value);
        }
        return copy;
    }

    /** This mapping with other values. */
    public YamlNode withValues(UnaryOperator<YamlNode> change) {
        YamlNode copy = mapping(new Place(line, column));
        entries.forEach(it -> copy.add(it.key(), change.apply(it.value())));
        return copy;
    }

    /** This sequence with other items. */
    public YamlNode withItems(List<YamlNode> others) {
        YamlNode copy = collection(Kind.SEQUENCE, new Place(line, column));
        others.forEach(copy::add);
        return copy;
    }

    /** A scalar of another text that stands here. */
    public YamlNode withText(String other) {
        return scalar(new Place(line, column), other, false);
    }

    void add(String key, YamlNode value) {
        entries.add(new Entry(key, value));
        keyBits |= 1L << key.hashCode();
        index = null;
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

    /**
     * Where a character of the text stands in the file; in a block scalar exactly, elsewhere where the line permits.
     */
    public Place placeOf(int offset) {
        int lines = 0;
        int lineStart = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
            lines++;
            lineStart = at + 1;
        }
        return new Place(textLine + lines, textIndent + offset - lineStart + 1);
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

    /** Whether this is a scalar that YAML reads as nothing. */
    public boolean isNull() {
        return isScalar() && (text.isEmpty() || (plain && NULL.matcher(text).matches()));
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
        if ((keyBits & 1L << key.hashCode()) == 0) {
            return null;
        }
        if (entries.size() > INDEXED) {
            return index().get(key);
        }
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    /** Without it a mapping of a million keys is a way to keep a reader busy. */
    private Map<String, YamlNode> index() {
        Map<String, YamlNode> built = index;
        if (built == null) {
            built = new HashMap<>();
            for (Entry entry : entries) {
                built.putIfAbsent(entry.key(), entry.value());
            }
            index = built;
        }
        return built;
    }

    /** The text of a key's scalar, or an empty text. */
    public String textOf(String key) {
        YamlNode value = get(key);
        return value == null ? "" : value.text();
    }
}
