package io.sealos.images.internal.values;

import java.util.List;
import java.util.Map;

/** A value as Helm has it before it is merged into a chart's own. */
sealed interface Value {
    /** A text, whatever it looks like. */
    record Text(String text) implements Value {}

    /** A whole number from {@code --set}: an integer for the templates, where a file's number is a float. */
    record Whole(long number) implements Value {}

    /** A plain scalar, whose type the engine decides as it does for any file. */
    record Plain(String text) implements Value {}

    /** A mapping; its order is kept. */
    record Mapping(Map<String, Value> entries) implements Value {}

    /** A list. */
    record Sequence(List<Value> items) implements Value {}

    /** The value that takes a key away from the chart's own values. */
    Plain NULL = new Plain("null");
}
