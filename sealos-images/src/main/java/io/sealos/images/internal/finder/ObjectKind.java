package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.Set;

/** What is known of the Kubernetes object that a node belongs to. */
public enum ObjectKind {
    /** A kind of Kubernetes itself, whose fields are known. */
    CORE,
    /** A kind that an operator defines. */
    CUSTOM,
    /** A ConfigMap or the text inside one. */
    CONFIG,
    /** No object: a list of values, say. */
    NONE,
    /** A schema: its images are examples. */
    SCHEMA;

    private static final Set<String> CORE_GROUPS = Set.of("apps", "batch", "extensions", "autoscaling", "policy");

    static ObjectKind of(YamlNode node) {
        String kind = node.textOf("kind");
        String version = node.textOf("apiVersion");
        if (kind.isEmpty() || version.isEmpty()) {
            return NONE;
        }
        if (kind.equals("CustomResourceDefinition")) {
            return SCHEMA;
        }
        if (kind.equals("ConfigMap")) {
            return CONFIG;
        }
        return isCoreGroup(version) ? CORE : CUSTOM;
    }

    private static boolean isCoreGroup(String version) {
        int slash = version.indexOf('/');
        String group = slash < 0 ? "" : version.substring(0, slash);
        return slash < 0 || CORE_GROUPS.contains(group) || group.endsWith(".k8s.io");
    }
}
