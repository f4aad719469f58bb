package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges a strategic patch into an object: mappings key by key, the lists of a pod by the keys of their items, other
 * lists as a whole, {@code null} and {@code $patch} as kustomize does.
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "ephemeralContainers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            "imagePullSecrets", "name",
            "hostAliases", "ip",
            "topologySpreadConstraints", "topologyKey");

    private final boolean keyedLists;

    private StrategicMerge(boolean keyedLists) {
        this.keyedLists = keyedLists;
    }

    /** The patched object, or null where the patch deletes it. */
    static @Nullable YamlNode apply(Resource resource, YamlNode patch) {
        return new StrategicMerge(resource.isBuiltIn()).merge(resource.root(), patch, "");
    }

    private @Nullable YamlNode merge(@Nullable YamlNode base, YamlNode patch, String key) {
        if (patch.isNull() || patch.textOf(DIRECTIVE).equals("delete")) {
            return null;
        }
        if (patch.isMapping()) {
            return mapping(base == null || !base.isMapping() ? YamlNode.mapping(start(patch)) : base, patch);
        }
        if (patch.isSequence()) {
            return sequence(base, patch, key);
        }
        return patch;
    }

    private static YamlNode.Place start(YamlNode node) {
        return new YamlNode.Place(node.line(), node.column());
    }

    private YamlNode mapping(YamlNode base, YamlNode patch) {
        YamlNode merged = patch.textOf(DIRECTIVE).equals("replace") ? YamlNode.mapping(start(patch)) : base;
        for (YamlNode.Entry entry : patch.entries()) {
            if (!entry.key().startsWith("$")) {
                merged = merged.with(entry.key(), merge(merged.get(entry.key()), entry.value(), entry.key()));
            }
        }
        return merged;
    }

    private YamlNode sequence(@Nullable YamlNode base, YamlNode patch, String key) {
        String name = keyedLists ? KEYS.get(key) : null;
        boolean replaces =
                patch.items().stream().anyMatch(it -> it.textOf(DIRECTIVE).equals("replace"));
        if (name == null || base == null || !base.isSequence() || replaces) {
            return patch.withItems(withoutDirectives(patch.items(), key));
        }
        List<YamlNode> merged = new ArrayList<>(base.items());
        List<YamlNode> added = new ArrayList<>();
        for (YamlNode item : patch.items()) {
            String id = item.textOf(name);
            int at = indexOf(merged, name, id);
            @Nullable YamlNode result = merge(at < 0 ? null : merged.get(at), item, "");
            if (at >= 0) {
                merged.remove(at);
            }
            if (result != null && at >= 0) {
                merged.add(at, result);
            } else if (result != null && !id.isEmpty()) {
                added.add(result);
            }
        }
        added.addAll(merged);
        return base.withItems(added);
    }

    private List<YamlNode> withoutDirectives(List<YamlNode> items, String key) {
        List<YamlNode> plain = new ArrayList<>();
        for (YamlNode item : items) {
            @Nullable YamlNode merged = merge(null, item, key);
            if (merged != null && !(merged.isMapping() && merged.entries().isEmpty())) {
                plain.add(merged);
            }
        }
        return plain;
    }

    private static int indexOf(List<YamlNode> items, String key, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).textOf(key).equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
