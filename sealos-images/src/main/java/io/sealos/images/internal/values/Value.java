package io.sealos.images.internal.values;

import java.util.List;
import java.util.Map;

/** A value before it is merged into the values of a chart. */
sealed interface Value {
    /** A text, whatever its form. */
    record Text(String text) implements Value {}

    /** A whole number from {@code --set}, which is an integer in templates, unlike the float of a file. */
    record Whole(long number) implements Value {}

    /** A plain scalar, the type of which the engine infers, as for any file. */
    record Plain(String text) implements Value {}

    /** A mapping, whose order is kept. */
    record Mapping(Map<String, Value> entries) implements Value {}

    /** A list. */
    record Sequence(List<Value> items) implements Value {}

    /** The value that removes a key from the values of the chart. */
    Plain NULL = new Plain("null");
}
