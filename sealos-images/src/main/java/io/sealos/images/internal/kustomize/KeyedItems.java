package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges the items of a list that several keys identify together, such as the ports of a container. Like kustomize, it
 * fills in a key that an item lacks from another item with the same other keys, and then finds an item only by all the
 * keys that have a value: a patch for an item that has a key more than the patch changes nothing. Nor is an item
 * deleted that lacks a key which others have.
 */
final class KeyedItems {
    /** Merges an item of a patch into an item. */
    interface Merge {
        /** {@return the merged item, or null if the patch deletes it} */
        @Nullable
        YamlNode apply(@Nullable YamlNode old, YamlNode patch) throws KustomizeException;
    }

    private final List<String> keys;
    private final Merge merge;

    KeyedItems(List<String> keys, Merge merge) {
        this.keys = keys;
        this.merge = merge;
    }

    /** {@return the merged items} Those of the patch come first. */
    List<YamlNode> merge(List<YamlNode> base, List<YamlNode> patch) throws KustomizeException {
        List<YamlNode> old = new ArrayList<>(base);
        List<YamlNode> merged = new ArrayList<>();
        Set<List<String>> identities = identities(patch, base);
        List<Integer> used = IntStream.range(0, keys.size())
                .filter(key -> identities.stream().anyMatch(it -> !it.get(key).isEmpty()))
                .boxed()
                .toList();
        for (List<String> values : identities) {
            int at = indexOf(old, values);
            int from = indexOf(patch, values);
            YamlNode before = at < 0 ? null : old.get(at);
            YamlNode result = from < 0 ? before : merge.apply(before, patch.get(from));
            if (result == null) {
                if (used.stream().noneMatch(it -> values.get(it).isEmpty())) {
                    old.removeIf(it -> is(it, values));
                }
            } else {
                put(merged, values, result);
                if (at >= 0) {
                    old.set(at, result);
                }
            }
        }
        old.forEach(it -> append(merged, it, used.size() > 1));
        return merged;
    }

    /** Adds an item of the old list, which replaces what was merged so far if it has no key. */
    private void append(List<YamlNode> merged, YamlNode item, boolean moves) {
        List<String> values = values(item);
        if (values.stream().allMatch(String::isEmpty)) {
            merged.clear();
        } else if (moves) {
            merged.removeIf(it -> is(it, values));
        }
        put(merged, values, item);
    }

    private void put(List<YamlNode> items, List<String> values, YamlNode item) {
        int at = indexOf(items, values);
        if (at < 0) {
            items.add(item);
        } else {
            items.set(at, item);
        }
    }

    /** {@return the values of the keys of all items, each only once, and without those of items without any key} */
    private Set<List<String>> identities(List<YamlNode> patch, List<YamlNode> base) {
        List<List<String>> all = new ArrayList<>(Stream.concat(patch.stream(), base.stream())
                .map(this::values)
                .filter(it -> !it.stream().allMatch(String::isEmpty))
                .distinct()
                .toList());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.size(); j++) {
                List<String> both = both(all.get(i), all.get(j));
                if (both != null) {
                    all.set(i, both);
                    all.set(j, both);
                }
            }
        }
        return new LinkedHashSet<>(all);
    }

    private List<String> values(YamlNode item) {
        return keys.stream().map(item::textOf).toList();
    }

    /** {@return the values of two items together, or null if they differ or have none in common} */
    private static @Nullable List<String> both(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>();
        boolean common = false;
        for (int i = 0; i < one.size(); i++) {
            String a = one.get(i);
            String b = other.get(i);
            if (!a.equals(b) && !a.isEmpty() && !b.isEmpty()) {
                return null;
            }
            common |= a.equals(b);
            both.add(a.isEmpty() ? b : a);
        }
        return common ? both : null;
    }

    private int indexOf(List<YamlNode> items, List<String> values) {
        for (int i = 0; i < items.size(); i++) {
            if (is(items.get(i), values)) {
                return i;
            }
        }
        return -1;
    }

    /** {@return whether an item has all the values that are not empty} */
    private boolean is(YamlNode item, List<String> values) {
        boolean any = false;
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isEmpty()) {
                any = true;
                if (!values.get(i).equals(item.textOf(keys.get(i)))) {
                    return false;
                }
            }
        }
        return any;
    }
}
