package io.sealos.kubefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers where a value of the configuration comes from. Immutable. */
public final class Trace {
    private final List<TraceEntry> entries;
    private final Map<List<String>, TraceEntry> last = new HashMap<>();

    Trace(List<TraceEntry> entries) {
        this.entries = List.copyOf(entries);
        entries.forEach(entry -> last.put(List.of(entry.field(), entry.key()), entry));
    }

    /** {@return every setting of every stage, in the order of evaluation} */
    public List<TraceEntry> entries() {
        return entries;
    }

    /** {@return where an environment variable got its value last} */
    public Optional<TraceEntry> env(String key) {
        return last("ENV", key);
    }

    /** {@return where a label got its value last} */
    public Optional<TraceEntry> label(String key) {
        return last("LABEL", key);
    }

    /** {@return what set this field last, by the keyword of its instruction, such as CMD} */
    public Optional<TraceEntry> field(String keyword) {
        return last(keyword, "");
    }

    private Optional<TraceEntry> last(String field, String key) {
        return Optional.ofNullable(last.get(List.of(field, key)));
    }
}
