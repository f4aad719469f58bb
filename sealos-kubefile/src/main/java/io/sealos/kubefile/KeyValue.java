package io.sealos.kubefile;

import java.util.Objects;

/**
 * A key and value of ENV or LABEL, both as written. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KeyValue {
    private final Argument key;
    private final Argument value;

    KeyValue(Argument key, Argument value) {
        this.key = key;
        this.value = value;
    }

    /** {@return the key as written} */
    public Argument key() {
        return key;
    }

    /** {@return the value as written} */
    public Argument value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValue that && key.equals(that.key) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, value);
    }

    /** {@return {@code key=value}} */
    @Override
    public String toString() {
        return key + "=" + value;
    }
}
