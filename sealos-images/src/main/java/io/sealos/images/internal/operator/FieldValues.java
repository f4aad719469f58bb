package io.sealos.images.internal.operator;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;

/**
 * The values of a field of an object.
 *
 * @param texts the texts
 * @param isSet whether there is a value, which may also be a mapping or list
 */
record FieldValues(List<String> texts, boolean isSet) {
    static final FieldValues NONE = new FieldValues(List.of(), false);

    private static final int LONGEST = 1_000;

    static FieldValues of(YamlNode object, FieldQuery query) {
        List<YamlNode> found =
                query.find(object).stream().filter(it -> !it.isNull()).toList();
        List<String> texts = found.stream()
                .filter(it -> it.isScalar() && it.text().length() <= LONGEST)
                .map(FieldValues::text)
                .distinct()
                .toList();
        return found.isEmpty() ? NONE : new FieldValues(texts, true);
    }

    /** {@return the text of a scalar, where true and false are written in lower case} */
    private static String text(YamlNode scalar) {
        String text = scalar.text();
        boolean yes = scalar.isPlain() && text.equalsIgnoreCase("true");
        boolean no = scalar.isPlain() && text.equalsIgnoreCase("false");
        return yes ? "true" : no ? "false" : text;
    }
}
