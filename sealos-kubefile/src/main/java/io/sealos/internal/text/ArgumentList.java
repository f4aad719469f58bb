package io.sealos.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A list of texts that a caller passes, each of which is parsed. */
public final class ArgumentList {
    private ArgumentList() {}

    /**
     * {@return the values of texts, in their order}
     *
     * @param name the name of the parameter
     * @param texts the texts
     * @param parser parses a text, and throws an IllegalArgumentException if it cannot
     * @throws NullPointerException if the array or a text is null; the message has the name
     * @throws IllegalArgumentException if texts cannot be parsed; the message has a line for each of them
     */
    public static <T> List<T> parsed(String name, String[] texts, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String text : Objects.requireNonNull(texts, name)) {
            Objects.requireNonNull(text, name);
            try {
                values.add(parser.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return List.copyOf(values);
    }
}
