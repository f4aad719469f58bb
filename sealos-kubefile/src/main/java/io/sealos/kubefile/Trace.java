package io.sealos.kubefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The origins of the values of a configuration, from all stages that were evaluated. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Trace {
    private final List<TraceEntry> entries;
    private final Map<List<String>, TraceEntry> last = new HashMap<>();

    Trace(List<TraceEntry> entries) {
        this.entries = List.copyOf(entries);
        entries.forEach(entry -> last.put(List.of(entry.field(), entry.key()), entry));
    }

    /** {@return the entries of all stages that were evaluated, in the order of evaluation} */
    public List<TraceEntry> entries() {
        return entries;
    }

    /**
     * {@return the last entry of an environment variable; empty if there is none}
     *
     * @param key the name of the variable
     */
    public Optional<TraceEntry> env(String key) {
        return last("ENV", key);
    }

    /**
     * {@return the last entry of a label; empty if there is none}
     *
     * @param key the key of the label
     */
    public Optional<TraceEntry> label(String key) {
        return last("LABEL", key);
    }

    /**
     * {@return the last entry of a field; empty if there is none}
     *
     * @param keyword the upper-case keyword of the instruction that sets the field, such as {@code CMD}
     */
    public Optional<TraceEntry> field(String keyword) {
        return last(keyword, "");
    }

    private Optional<TraceEntry> last(String field, String key) {
        return Optional.ofNullable(last.get(List.of(field, key)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trace that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** {@return the entries} */
    @Override
    public String toString() {
        return entries.toString();
    }
}
