package io.sealos.images.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node of a YAML or JSON document, with the line and column, from 1, at which it starts. */
public final class YamlNode {
    /** The kinds of nodes. */
    public enum Kind {
        SCALAR,
        MAPPING,
        SEQUENCE
    }

    /** A line and column, both from 1. */
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
    private final boolean string;
    private final int textLine;
    private final int textIndent;
    private final List<Entry> entries;
    private final List<Entry> readEntries;
    private final List<YamlNode> items;
    private final List<YamlNode> readItems;
    /** A bit for the hash of each key, because most lookups are for keys that do not exist. */
    private long keyBits;

    private @Nullable Map<String, YamlNode> index;
    private @Nullable YamlNode replaced;

    private YamlNode(Kind kind, Place start, String text, boolean plain, Place content) {
        this.kind = kind;
        this.line = start.line();
        this.column = start.column();
        this.text = text;
        this.plain = plain;
        this.string = kind == Kind.SCALAR
                && !text.isEmpty()
                && !(plain && NO_STRING.matcher(text).matches());
        this.textLine = content.line();
        this.textIndent = content.column() - 1;
        this.entries = kind == Kind.MAPPING ? new ArrayList<>(4) : List.of();
        this.readEntries = kind == Kind.MAPPING ? Collections.unmodifiableList(entries) : List.of();
        this.items = kind == Kind.SEQUENCE ? new ArrayList<>(4) : List.of();
        this.readItems = kind == Kind.SEQUENCE ? Collections.unmodifiableList(items) : List.of();
    }

    static YamlNode collection(Kind kind, Place start) {
        return new YamlNode(kind, start, "", false, start);
    }

    static YamlNode scalar(Place start, String text, boolean plain) {
        return new YamlNode(Kind.SCALAR, start, text, plain, start);
    }

    /** {@return a block scalar, the text of which does not start at its indicator} */
    static YamlNode block(Place start, String text, Place content) {
        return new YamlNode(Kind.SCALAR, start, text, false, content);
    }

    /** {@return a text of several lines that starts at a place} */
    public static YamlNode text(String text, Place start) {
        return block(start, text, start);
    }

    /** {@return a mapping without entries} */
    public static YamlNode mapping(Place start) {
        return collection(Kind.MAPPING, start);
    }

    /** {@return a sequence without items} */
    public static YamlNode sequence(Place start) {
        return collection(Kind.SEQUENCE, start);
    }

    /** {@return this mapping with a value for a key, or without the key if the value is null} */
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

    /** {@return this mapping with changed values} */
    public YamlNode withValues(UnaryOperator<YamlNode> change) {
        YamlNode copy = mapping(new Place(line, column));
        entries.forEach(it -> copy.add(it.key(), change.apply(it.value())));
        return copy;
    }

    /** {@return this sequence with other items} */
    public YamlNode withItems(List<YamlNode> others) {
        YamlNode copy = collection(Kind.SEQUENCE, new Place(line, column));
        others.forEach(copy::add);
        return copy;
    }

    /** {@return a scalar with another text at the place of this one} */
    public YamlNode withText(String other) {
        return scalar(new Place(line, column), other, false);
    }

    /** {@return this scalar as the replacement of another value} */
    public YamlNode replacing(YamlNode old) {
        YamlNode copy = new YamlNode(kind, new Place(line, column), text, plain, new Place(textLine, textIndent + 1));
        copy.replaced = old;
        return copy;
    }

    /** {@return the value that this one replaced, or null} */
    public @Nullable YamlNode replaced() {
        return replaced;
    }

    /** {@return this tree at lines that are greater by a number} */
    public YamlNode movedDown(int lines) {
        Place start = new Place(Math.max(1, line + lines), column);
        YamlNode copy =
                new YamlNode(kind, start, text, plain, new Place(Math.max(1, textLine + lines), textIndent + 1));
        entries.forEach(it -> copy.add(it.key(), it.value().movedDown(lines)));
        items.forEach(it -> copy.add(it.movedDown(lines)));
        return copy;
    }

    /** {@return the greatest line of this tree} */
    public int lastLine() {
        int last = Math.max(line, textLine + (int) text.lines().count());
        for (Entry entry : entries) {
            last = Math.max(last, entry.value().lastLine());
        }
        for (YamlNode item : items) {
            last = Math.max(last, item.lastLine());
        }
        return last;
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
     * {@return the place of a character of the text in the file} It is exact in a block scalar, and elsewhere as far as
     * the line permits.
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

    /** {@return the scalar as written, without its quotes; an empty string for other kinds} */
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

    /** {@return whether this is a scalar that YAML reads as null} */
    public boolean isNull() {
        return isScalar() && (text.isEmpty() || (plain && NULL.matcher(text).matches()));
    }

    /** {@return whether this is a scalar without quotes} */
    public boolean isPlain() {
        return plain;
    }

    /** {@return whether this is a scalar that YAML reads as text, and not as a number, boolean or null} */
    public boolean isString() {
        return string;
    }

    public List<Entry> entries() {
        return readEntries;
    }

    public List<YamlNode> items() {
        return readItems;
    }

    /** {@return the value of a key, or null} */
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

    /** {@return an index of the keys, without which lookups in a mapping of a million keys would be slow} */
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

    /** {@return the text of the scalar of a key, or an empty string} */
    public String textOf(String key) {
        YamlNode value = get(key);
        return value == null ? "" : value.text();
    }
}
