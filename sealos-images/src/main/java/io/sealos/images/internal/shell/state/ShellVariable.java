package io.sealos.images.internal.shell.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a shell.
 *
 * @param keys the keys of an associative array; empty if the keys are the numbers from 0
 * @param items the values; a scalar variable has one
 * @param exported whether the variable is exported to programs
 */
public record ShellVariable(List<String> keys, List<String> items, boolean exported) {
    private static final int MOST = 10_000;

    public static ShellVariable of(List<String> items, boolean exported) {
        return new ShellVariable(List.of(), List.copyOf(items), exported);
    }

    ShellVariable export() {
        return new ShellVariable(keys, items, true);
    }

    /** {@return all keys, including numbers} */
    public List<String> allKeys() {
        return keys.isEmpty()
                ? IntStream.range(0, items.size()).mapToObj(Integer::toString).toList()
                : keys;
    }

    /** {@return the value of a key; null if there is none} */
    @Nullable
    public String item(String key) {
        int at = allKeys().indexOf(key);
        return at < 0 ? null : items.get(at);
    }

    /** {@return the variable with the value at the key; a number far beyond the last one counts as the next} */
    public ShellVariable with(String key, String value) {
        List<String> all = new ArrayList<>(items);
        int at = allKeys().indexOf(key);
        if (at >= 0) {
            all.set(at, value);
            return new ShellVariable(keys, List.copyOf(all), exported);
        }
        if (all.size() >= MOST) {
            return this;
        }
        all.add(value);
        if (keys.isEmpty() && key.matches("[0-9]+")) {
            return new ShellVariable(keys, List.copyOf(all), exported);
        }
        List<String> names = new ArrayList<>(allKeys());
        names.add(key);
        return new ShellVariable(List.copyOf(names), List.copyOf(all), exported);
    }

    /** {@return the variable with the values appended} */
    public ShellVariable append(List<String> more) {
        List<String> all = new ArrayList<>(items);
        all.addAll(more.subList(0, Math.min(more.size(), MOST - Math.min(MOST, items.size()))));
        return new ShellVariable(List.of(), List.copyOf(all), exported);
    }
}
