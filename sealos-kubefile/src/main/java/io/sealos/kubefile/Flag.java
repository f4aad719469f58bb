package io.sealos.kubefile;

import java.util.Objects;
import java.util.Optional;

/**
 * A flag of an instruction, such as {@code --from=build}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Flag {
    private final String text;
    private final SourceRange range;

    Flag(String text, SourceRange range) {
        this.text = text;
        this.range = range;
    }

    /** {@return the whole flag with its dashes, without quotes} */
    public String text() {
        return text;
    }

    /** {@return the name without the dashes} */
    public String name() {
        int equals = text.indexOf('=');
        return text.substring(2, equals < 0 ? text.length() : equals);
    }

    /** {@return the text after the equals sign, with variables unexpanded; empty if there is no equals sign} */
    public Optional<String> value() {
        int equals = text.indexOf('=');
        return equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    }

    /** {@return the range of the flag in the source} */
    public SourceRange range() {
        return range;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flag that && text.equals(that.text) && range.equals(that.range);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, range);
    }

    @Override
    public String toString() {
        return text;
    }
}
