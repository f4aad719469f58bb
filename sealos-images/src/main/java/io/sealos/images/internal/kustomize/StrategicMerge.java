package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies a strategic merge patch to an object as kustomize does. Mappings are merged by key, some lists of built-in
 * kinds by the keys of their items, and other lists are replaced. {@code null} and {@code $patch} are supported.
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";
    private static final String REPLACE = "replace";
    private static final List<String> NAME = List.of("name");
    private static final Map<String, List<String>> POD_LISTS = Map.of(
            "containers", NAME,
            "initContainers", NAME,
            "ephemeralContainers", NAME,
            "volumes", NAME,
            "imagePullSecrets", NAME,
            "hostAliases", List.of("ip"),
            "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"));
    private static final Map<String, List<String>> CONTAINER_LISTS = Map.of(
            "env", NAME,
            "ports", List.of("containerPort", "protocol"),
            "volumeMounts", List.of("mountPath"),
            "volumeDevices", List.of("devicePath"));
    /** The keys of lists outside of pods, by API version, kind and path. */
    private static final Map<String, List<String>> OTHER_LISTS = Map.of(
            "v1 Service spec/ports", List.of("port", "protocol"),
            "v1 ServiceAccount secrets", NAME,
            "storage.k8s.io/v1 CSINode spec/drivers", NAME,
            "storage.k8s.io/v1beta1 CSINode spec/drivers", NAME,
            "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration webhooks", NAME,
            "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration webhooks", NAME,
            "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration webhooks", NAME,
            "admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration webhooks", NAME);

    private static final List<String> TEMPLATE = List.of("spec", "template", "spec");
    private static final List<String> JOB = List.of("spec", "jobTemplate", "spec", "template", "spec");
    /** The paths to the pod in built-in kinds, by API version and kind. */
    private static final Map<String, List<String>> PODS = Map.of(
            "v1 Pod", List.of("spec"),
            "v1 PodTemplate", List.of("template", "spec"),
            "v1 ReplicationController", TEMPLATE,
            "apps/v1 Deployment", TEMPLATE,
            "apps/v1 ReplicaSet", TEMPLATE,
            "apps/v1 StatefulSet", TEMPLATE,
            "apps/v1 DaemonSet", TEMPLATE,
            "batch/v1 Job", TEMPLATE,
            "batch/v1 CronJob", JOB,
            "batch/v1beta1 CronJob", JOB);

    /** The path to the pod, or null if the kind has none. */
    private final @Nullable List<String> pod;

    private final String kind;
    private final Work work;

    private StrategicMerge(String kind, Work work) {
        this.pod = PODS.get(kind);
        this.kind = kind;
        this.work = work;
    }

    /** {@return whether the kind is built into Kubernetes, so that its lists are merged by key} */
    static boolean isBuiltIn(YamlNode root) {
        return PODS.containsKey(kind(root));
    }

    private static String kind(YamlNode root) {
        return root.textOf("apiVersion") + " " + root.textOf("kind");
    }

    /** {@return the patched object, or null if the patch deletes it} */
    static @Nullable YamlNode apply(YamlNode root, YamlNode patch, Work work) throws KustomizeException {
        if (patch.textOf(DIRECTIVE).equals(REPLACE)) {
            // Kustomize creates the new object and keeps the old one.
            return root;
        }
        return new StrategicMerge(kind(root), work).merge(root, patch, List.of());
    }

    private @Nullable YamlNode merge(@Nullable YamlNode base, YamlNode patch, List<String> path)
            throws KustomizeException {
        work.step(patch.line());
        if (patch.isNull() && patch.isPlain()) {
            return null;
        }
        if (base != null && !base.isNull() && base.kind() != patch.kind()) {
            throw new KustomizeException(
                    patch.line(),
                    "has a patch for '" + String.join("/", path) + "' of another kind than the object has");
        }
        if (patch.isMapping()) {
            return mapping(base, patch, path);
        }
        if (patch.isSequence()) {
            return sequence(base, patch, path);
        }
        return base == null ? patch : patch.replacing(base);
    }

    private @Nullable YamlNode mapping(@Nullable YamlNode base, YamlNode patch, List<String> path)
            throws KustomizeException {
        String directive = directive(patch);
        if (directive.equals("delete")) {
            return null;
        }
        YamlNode merged = base != null && base.isMapping() && !directive.equals(REPLACE)
                ? base
                : YamlNode.mapping(new YamlNode.Place(patch.line(), patch.column()));
        for (YamlNode.Entry entry : patch.entries()) {
            if (!entry.key().equals(DIRECTIVE)) {
                YamlNode old = merged.get(entry.key());
                merged = merged.with(entry.key(), merge(old, entry.value(), below(path, entry.key())));
            }
        }
        return merged;
    }

    private static List<String> below(List<String> path, String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return below;
    }

    private static String directive(YamlNode patch) throws KustomizeException {
        String directive = patch.textOf(DIRECTIVE);
        if (!List.of("", REPLACE, "delete", "merge").contains(directive)) {
            throw new KustomizeException(patch.line(), "has a patch with the unknown strategy '" + directive + "'");
        }
        return directive;
    }

    private @Nullable YamlNode sequence(@Nullable YamlNode base, YamlNode patch, List<String> path)
            throws KustomizeException {
        List<String> keys = keys(path);
        List<YamlNode> items = new ArrayList<>();
        String whole = "";
        for (YamlNode item : patch.items()) {
            boolean forTheList = item.entries().size() == 1 && item.get(DIRECTIVE) != null;
            if (forTheList && keys != null) {
                whole = directive(item);
            } else {
                items.add(item);
            }
        }
        if (whole.equals("delete")) {
            return null;
        }
        if (keys == null) {
            return patch;
        }
        YamlNode start =
                base != null && base.isSequence() && !whole.equals(REPLACE) ? base : patch.withItems(List.of());
        return keys.size() == 1
                ? byKey(start, items, keys.get(0), path)
                : start.withItems(
                        new KeyedItems(keys, (old, item) -> mergeItem(old, item, path)).merge(start.items(), items));
    }

    /** {@return the keys of the items of a list, or null if the list is replaced} */
    private @Nullable List<String> keys(List<String> path) {
        List<String> way = pod;
        List<String> other = OTHER_LISTS.get(kind + " " + String.join("/", path));
        if (other != null) {
            return other;
        }
        if (way == null
                || path.size() <= way.size()
                || !path.subList(0, way.size()).equals(way)) {
            return null;
        }
        String last = path.get(path.size() - 1);
        int below = path.size() - way.size();
        String containers = below == 2 ? path.get(way.size()) : "";
        boolean container = containers.toLowerCase(Locale.ROOT).endsWith("containers")
                && !(containers.equals("ephemeralContainers") && last.equals("ports"));
        return below == 1 ? POD_LISTS.get(last) : container ? CONTAINER_LISTS.get(last) : null;
    }

    /**
     * {@return the lists merged by key} The items of the patch come first. If items of the base have the same key, the
     * last one is kept.
     */
    private YamlNode byKey(YamlNode base, List<YamlNode> patch, String key, List<String> path)
            throws KustomizeException {
        List<YamlNode> old = new ArrayList<>(base.items());
        List<YamlNode> merged = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (YamlNode item : patch) {
            String name = item.textOf(key);
            if (name.isEmpty()) {
                throw new KustomizeException(
                        item.line(), "has a patch with an item of '" + path.get(path.size() - 1) + "' without " + key);
            }
            if (seen.add(name)) {
                int at = indexOf(old, key, name);
                YamlNode before = at < 0 ? null : old.get(at);
                YamlNode result = mergeItem(before, item, path);
                if (result == null && at >= 0) {
                    old.remove(at);
                } else if (result != null) {
                    put(merged, key, result);
                    setIfFound(old, at, result);
                }
            }
        }
        old.forEach(it -> put(merged, key, it));
        return base.withItems(merged);
    }

    private @Nullable YamlNode mergeItem(@Nullable YamlNode old, YamlNode item, List<String> path)
            throws KustomizeException {
        // Kustomize creates the new item and keeps the old one.
        return old != null && directive(item).equals(REPLACE) ? old : merge(old, item, path);
    }

    private static void setIfFound(List<YamlNode> items, int at, YamlNode item) {
        if (at >= 0) {
            items.set(at, item);
        }
    }

    private static void put(List<YamlNode> items, String key, YamlNode item) {
        String name = item.textOf(key);
        int at = name.isEmpty() ? -1 : indexOf(items, key, name);
        if (at < 0) {
            items.add(item);
        } else {
            items.set(at, item);
        }
    }

    private static int indexOf(List<YamlNode> items, String key, String name) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).textOf(key).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
