package io.sealos.images.internal.values;

import io.sealos.images.internal.values.Value.Mapping;
import io.sealos.images.internal.values.Value.Plain;
import io.sealos.images.internal.values.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of {@code --set} and similar options, as Helm accepts it: commas, backslashes, lists in braces, and
 * indexes. It follows <a href="https://pkg.go.dev/helm.sh/helm/v3/pkg/strvals">Helm's strvals</a>.
 */
final class SetExpression {
    /** Reads the value after the equals sign. */
    interface ValueReader {
        Value read(String text) throws ValuesException;
    }

    private static final int MAX_INDEX = 65_536;
    private static final int MAX_NESTING = 30;
    private static final String KEY_END = "=[,.";
    private static final String LITERAL_KEY_END = "=[.";

    private final RuneReader in;
    private final boolean literal;
    private final boolean json;
    private final ValueReader reader;

    private SetExpression(String text, boolean literal, boolean json, ValueReader reader) {
        this.in = new RuneReader(text, !literal);
        this.literal = literal;
        this.json = json;
        this.reader = reader;
    }

    /** Parses an expression such as {@code a=b,c.d[0]={e,f}}, in which the reader reads the values. */
    static SetExpression of(String text, ValueReader reader) {
        return new SetExpression(text, false, false, reader);
    }

    /** Parses an expression such as {@code a=JSON,b=JSON}. */
    static SetExpression json(String text) {
        return new SetExpression(text, false, true, Value.Text::new);
    }

    /** Parses an expression such as {@code a=text}, in which the value is the rest of the text. */
    static SetExpression literal(String text) {
        return new SetExpression(text, true, false, Value.Text::new);
    }

    void applyTo(Mapping values) throws ValuesException {
        while (!in.atEnd()) {
            readKey(values.entries(), 0);
        }
    }

    private void readKey(Map<String, Value> data, int nesting) throws ValuesException {
        String key = in.until(literal ? LITERAL_KEY_END : KEY_END);
        switch (in.stop()) {
            case '=' -> set(data, key, readValue());
            case '[' -> readIndexed(data, key, nesting);
            case '.' -> readNested(data, key, nesting + 1);
            case ',' -> throw new ValuesException("key \"" + key + "\" has no value (cannot end with ,)");
            default -> requireEmpty(key);
        }
    }

    private static void requireEmpty(String key) throws ValuesException {
        if (!key.isEmpty()) {
            throw new ValuesException("key \"" + key + "\" has no value");
        }
    }

    private static void set(Map<String, Value> data, String key, Value value) {
        if (!key.isEmpty()) {
            data.put(key, value);
        }
    }

    private void readIndexed(Map<String, Value> data, String key, int nesting) throws ValuesException {
        int index = readIndex();
        Sequence list = as(Sequence.class, data.get(key), key, "a list", () -> new Sequence(new ArrayList<>()));
        readItem(list.items(), index, key, nesting);
        set(data, key, list);
    }

    private void readNested(Map<String, Value> data, String key, int nesting) throws ValuesException {
        if (nesting > MAX_NESTING) {
            throw new ValuesException(
                    "value name nested level is greater than maximum supported nested level of " + MAX_NESTING);
        }
        Mapping inner = as(Mapping.class, data.get(key), key, "a map", SetExpression::emptyMapping);
        readKey(inner.entries(), nesting);
        if (inner.entries().isEmpty()) {
            throw new ValuesException("key map \"" + key + "\" has no value");
        }
        set(data, key, inner);
    }

    private static Mapping emptyMapping() {
        return new Mapping(new LinkedHashMap<>());
    }

    private static <T extends Value> T as(
            Class<T> type, @Nullable Value value, String key, String what, Supplier<T> empty) throws ValuesException {
        if (value == null) {
            return empty.get();
        }
        if (!type.isInstance(value)) {
            throw new ValuesException("unable to parse key: what \"" + key + "\" has already is not " + what);
        }
        return type.cast(value);
    }

    private int readIndex() throws ValuesException {
        String text = in.until("]");
        int index;
        try {
            index = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ValuesException("error parsing index: \"" + text + "\" is not a number");
        }
        if (in.stop() != ']' || index < 0 || index > MAX_INDEX) {
            throw new ValuesException("the index \"" + text + "\" is not one from 0 to " + MAX_INDEX + " in brackets");
        }
        return index;
    }

    private void readItem(List<Value> list, int index, String key, int nesting) throws ValuesException {
        String between = in.until("[.=");
        if (!between.isEmpty() || in.stop() == RuneReader.END) {
            throw new ValuesException("unexpected data at end of array index: \"" + between + "\"");
        }
        while (list.size() <= index) {
            list.add(Value.NULL);
        }
        switch (in.stop()) {
            case '=' -> list.set(index, readValue());
            case '.' -> readItemKey(list, index, nesting);
            default -> readInnerList(list, index, key, nesting + 1);
        }
    }

    private void readItemKey(List<Value> list, int index, int nesting) throws ValuesException {
        Mapping inner = list.get(index) instanceof Mapping mapping ? mapping : emptyMapping();
        readKey(inner.entries(), nesting);
        list.set(index, inner);
    }

    private void readInnerList(List<Value> list, int index, String key, int nesting) throws ValuesException {
        if (nesting > MAX_NESTING) {
            throw new ValuesException("the lists of \"" + key + "\" are nested deeper than " + MAX_NESTING);
        }
        boolean missing = list.get(index).equals(Value.NULL);
        Sequence inner = as(
                Sequence.class, missing ? null : list.get(index), key, "a list", () -> new Sequence(new ArrayList<>()));
        readItem(inner.items(), readIndex(), key, nesting);
        list.set(index, inner);
    }

    private Value readValue() throws ValuesException {
        if (json) {
            return readJson();
        }
        if (literal) {
            return reader.read(in.until(""));
        }
        return in.skip('{') ? readList() : reader.read(in.until(","));
    }

    private Value readList() throws ValuesException {
        List<Value> items = new ArrayList<>();
        do {
            items.add(reader.read(in.until(",}")));
        } while (in.stop() == ',');
        if (in.stop() != '}') {
            throw new ValuesException("list must terminate with '}'");
        }
        in.skip(',');
        return new Sequence(items);
    }

    private Value readJson() throws ValuesException {
        if (in.skipEmptyValue()) {
            return Value.NULL;
        }
        JsonValue value = JsonValue.first(in.rest());
        in.skip(value.length());
        in.skipEmptyValue();
        return value.value();
    }

    /** {@return the value of {@code --set} with the type that Helm infers} */
    static Value guess(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") || text.equalsIgnoreCase("null")) {
            return new Plain(text.toLowerCase(Locale.ROOT));
        }
        if (text.equals("0") || (!text.startsWith("0") && text.matches("[-+]?[0-9]{1,19}"))) {
            try {
                return new Value.Whole(Long.parseLong(text));
            } catch (NumberFormatException e) {
                return new Value.Text(text);
            }
        }
        return new Value.Text(text);
    }
}
