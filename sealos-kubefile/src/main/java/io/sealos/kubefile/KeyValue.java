package io.sealos.kubefile;

/** A key and value of ENV or LABEL, both as written. Immutable and thread-safe. */
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

    /** {@return {@code key=value}} */
    @Override
    public String toString() {
        return key + "=" + value;
    }
}
