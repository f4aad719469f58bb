package io.sealos.images.internal.scan;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * The places of a text that is scanned.
 *
 * @param source returns the file that contains a line of the text
 * @param line returns the line of that file
 * @param unknown returns whether a word of the text contains a part that is not known, such as an unset variable
 */
public record SourcePlaces(IntFunction<Source> source, IntUnaryOperator line, Predicate<String> unknown) {
    /** {@return the places of a file that is scanned unchanged} */
    public static SourcePlaces in(Source source) {
        return new SourcePlaces(it -> source, it -> it, it -> false);
    }
}
