package io.sealos.images.internal.values;

import io.sealos.images.ChartValues;
import io.sealos.images.ChartValues.Setting;
import io.sealos.images.internal.values.Value.Mapping;
import io.sealos.images.internal.values.Value.Sequence;
import io.sealos.images.internal.values.Value.Text;
import io.sealos.images.internal.values.Value.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values for a chart, merged as by Helm, for an engine with fewer options: one file, and the whole numbers once
 * more. Numbers in a file are floats in templates, so a tag {@code 20240101} would print as {@code 2.0240101e+07};
 * those of {@code --set} remain integers.
 */
public final class MergedValues {
    private final Mapping values = new Mapping(new LinkedHashMap<>());
    private final Map<String, Long> wholeNumbers = new LinkedHashMap<>();

    private MergedValues() {}

    /**
     * Reads and merges values.
     *
     * @throws ValuesException if Helm would refuse them
     */
    public static MergedValues of(ChartValues given) throws IOException, ValuesException {
        MergedValues merged = new MergedValues();
        for (Setting setting : given.settings()) {
            merged.apply(setting);
        }
        merged.collectNumbers(merged.values, "");
        return merged;
    }

    private void apply(Setting setting) throws IOException, ValuesException {
        String text = setting.argument();
        if (setting.option() == ChartValues.Option.VALUES) {
            merge(values, ValuesFile.read(Path.of(text)));
            return;
        }
        try {
            if (setting.option() == ChartValues.Option.SET_JSON && text.strip().startsWith("{")) {
                mergeObject(text.strip());
                return;
            }
            expression(setting).applyTo(values);
        } catch (ValuesException e) {
            throw new ValuesException(
                    "failed parsing " + setting.option().flag() + " data '" + text + "': " + e.getMessage());
        }
    }

    /** Merges an object without a key, which is a whole file of values in newer versions of Helm. */
    private void mergeObject(String text) throws ValuesException {
        JsonValue object = JsonValue.first(text);
        if (object.length() < text.length() || !(object.value() instanceof Mapping mapping)) {
            throw new ValuesException("it is not one JSON object");
        }
        merge(values, mapping);
    }

    private static SetExpression expression(Setting setting) {
        String text = setting.argument();
        return switch (setting.option()) {
            case SET_JSON -> SetExpression.json(text);
            case SET_STRING -> SetExpression.of(text, Text::new);
            case SET_FILE -> SetExpression.of(text, MergedValues::fileText);
            case SET_LITERAL -> SetExpression.literal(text);
            case SET, VALUES -> SetExpression.of(text, SetExpression::guess);
        };
    }

    private static Value fileText(String path) throws ValuesException {
        try {
            return new Text(ValuesFile.text(Path.of(path)));
        } catch (IOException e) {
            throw new ValuesException("the file " + path + " cannot be read: " + e.getMessage());
        }
    }

    /** Merges mappings. All other values are replaced. */
    private static void merge(Mapping base, Mapping over) {
        over.entries().forEach((key, value) -> {
            if (value instanceof Mapping inner && base.entries().get(key) instanceof Mapping below) {
                merge(below, inner);
            } else {
                base.entries().put(key, value);
            }
        });
    }

    private void collectNumbers(Value value, String path) {
        if (value instanceof Whole whole && !path.isEmpty()) {
            wholeNumbers.put(path, whole.number());
        } else if (value instanceof Mapping mapping) {
            String prefix = path.isEmpty() ? "" : path + ".";
            mapping.entries().forEach((key, inner) -> collectNumbers(inner, key.isEmpty() ? "" : prefix + escape(key)));
        } else if (value instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                collectNumbers(sequence.items().get(i), path + "[" + i + "]");
            }
        }
    }

    /** {@return a key in the grammar of {@code --set}, in which its separators are escaped} */
    public static String escape(String key) {
        return key.replaceAll("([\\\\=\\[,.])", "\\\\$1");
    }

    /** {@return whether there are no values} */
    public boolean isEmpty() {
        return values.entries().isEmpty();
    }

    /** {@return the text of a file of values} */
    public String yaml() {
        StringBuilder text = new StringBuilder();
        new ValueWriter(text).write(values);
        return text.append('\n').toString();
    }

    /** {@return the integers by key, in the grammar of {@code --set}} */
    public Map<String, Long> wholeNumbers() {
        return new LinkedHashMap<>(wholeNumbers);
    }
}
