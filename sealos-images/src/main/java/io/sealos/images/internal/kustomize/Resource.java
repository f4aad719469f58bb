package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.finder.ObjectKind;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object on its way through the layers of a kustomization; it answers to every name that it ever had. */
final class Resource {
    private final String group;
    private final String version;
    private final String kind;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> namespaces = new LinkedHashSet<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private YamlNode root;

    Resource(YamlNode root) {
        String api = root.textOf("apiVersion");
        int slash = api.indexOf('/');
        this.group = slash < 0 ? "" : api.substring(0, slash);
        this.version = api.substring(slash + 1);
        this.kind = root.textOf("kind");
        this.root = root;
        YamlNode metadata = root.get("metadata");
        if (metadata != null) {
            names.add(metadata.textOf("name"));
            namespaces.add(metadata.textOf("namespace"));
            copy(metadata.get("labels"), labels);
            copy(metadata.get("annotations"), annotations);
        }
    }

    private static void copy(@Nullable YamlNode from, Map<String, String> to) {
        if (from != null) {
            from.entries().forEach(it -> to.put(it.key(), it.value().text()));
        }
    }

    YamlNode root() {
        return root;
    }

    void replace(YamlNode newRoot) {
        this.root = newRoot;
    }

    String group() {
        return group;
    }

    String version() {
        return version;
    }

    String kind() {
        return kind;
    }

    /** Its names, the first that of its file, the last that it has now. */
    Set<String> names() {
        return names;
    }

    Set<String> namespaces() {
        return namespaces;
    }

    Map<String, String> labels() {
        return labels;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    void rename(String prefix, String suffix) {
        String name = names.stream().reduce("", (first, second) -> second);
        names.add(prefix + name + suffix);
    }

    /** Whether Kubernetes itself defines its kind, so that its lists are merged by their keys. */
    boolean isBuiltIn() {
        return ObjectKind.of(group, kind) != ObjectKind.CUSTOM;
    }

    /** Whether a patch that names an object means this one. */
    boolean isMeantBy(Resource patch) {
        String namespace = String.join("", patch.namespaces());
        return kind.equals(patch.kind)
                && group.equals(patch.group)
                && names.containsAll(patch.names)
                && (namespace.isEmpty() || namespaces.contains(namespace) || namespaces.contains(""));
    }
}
