package io.sealos.images.internal.gitops;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Collects the objects of a scan whose controllers fetch something, and the objects to which they refer. */
public final class SiteObjects {
    private static final Set<String> GROUPS = Set.of(
            "argoproj.io",
            "helm.cattle.io",
            "helm.toolkit.fluxcd.io",
            "kustomize.toolkit.fluxcd.io",
            "olm.operatorframework.io",
            "operators.coreos.com",
            "pkg.crossplane.io",
            "source.toolkit.fluxcd.io");
    private static final Set<String> VALUES = Set.of("/ConfigMap", "/Secret");

    private static final int MOST = 10_000;

    private final List<SiteObject> all = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * Adds a document.
     *
     * @param root the document
     * @param file the file, relative to the context directory
     * @param line the line in the file for a line of the document
     * @param inChart whether a chart renders it
     */
    public void add(YamlNode root, String file, IntUnaryOperator line, boolean inChart) {
        YamlNode items = root.get("items");
        if (root.textOf("kind").endsWith("List") && items != null) {
            items.items().forEach(it -> add(it, file, line, inChart));
            return;
        }
        SiteObject object = new SiteObject(root, file, line.applyAsInt(root.line()), inChart);
        String type = object.type();
        boolean relevant = GROUPS.contains(type.substring(0, type.indexOf('/'))) || VALUES.contains(type);
        // A chart is rendered with several values, and has its objects once each time.
        boolean first = !inChart || known.add(file + " " + type + " " + object.namespace() + "/" + object.name());
        if (relevant && first && all.size() < MOST) {
            all.add(object);
        }
    }

    /** {@return the texts of a ConfigMap or Secret by their keys; empty if there is no such object} */
    public Optional<Map<String, String>> data(String kind, String namespace, String name) {
        return find("/" + kind, namespace, name).map(SiteObject::data);
    }

    /**
     * {@return the objects that stand for themselves} An object in a directory that a Kustomization of Flux deploys may
     * have been read both from its file and in its deployed form, which only has a namespace in addition.
     */
    List<SiteObject> distinct(List<SiteObject> some) {
        Map<String, SiteObject> deployed = new HashMap<>();
        all.stream().filter(it -> !it.namespace().isEmpty()).forEach(it -> deployed.put(it.place(), it));
        return some.stream()
                .filter(it -> it.line() == 0 || !it.namespace().isEmpty() || !it.hasSpecOf(deployed.get(it.place())))
                .toList();
    }

    List<SiteObject> all() {
        return all;
    }

    /** {@return the object of a type with a name} One in the namespace is preferred; a missing namespace is any. */
    Optional<SiteObject> find(String type, String namespace, String name) {
        List<SiteObject> found = all.stream()
                .filter(it -> it.type().equals(type) && it.name().equals(name))
                .toList();
        return found.stream()
                .filter(it -> it.namespace().equals(namespace))
                .findFirst()
                .or(() -> found.stream()
                        .filter(it -> it.namespace().isEmpty() || namespace.isEmpty())
                        .findFirst());
    }
}
