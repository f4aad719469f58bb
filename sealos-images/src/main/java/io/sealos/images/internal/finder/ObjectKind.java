package io.sealos.images.internal.finder;

import java.util.Set;

/** What is known of the Kubernetes object that a node belongs to. */
public enum ObjectKind {
    /** A kind of Kubernetes itself, whose fields are known. */
    CORE,
    /** A kind that an operator defines. */
    CUSTOM,
    /** A kind that describes machines, whose images are those of disks. */
    MACHINE,
    /** A ConfigMap or Secret, or the text inside one. */
    CONFIG,
    /** No object: a list of values, say. */
    NONE,
    /** A schema: its images are examples. */
    SCHEMA;

    private static final Set<String> CORE_GROUPS = Set.of("", "apps", "batch", "extensions", "autoscaling", "policy");
    private static final Set<String> MACHINE_GROUPS =
            Set.of("infrastructure.cluster.x-k8s.io", "machine.openshift.io", "metal3.io");

    /** The kind that an API group and a name stand for. */
    public static ObjectKind of(String group, String name) {
        if (name.equals("CustomResourceDefinition")) {
            return SCHEMA;
        }
        if (group.isEmpty() && (name.equals("ConfigMap") || name.equals("Secret"))) {
            return CONFIG;
        }
        if (MACHINE_GROUPS.contains(group)) {
            return MACHINE;
        }
        return CORE_GROUPS.contains(group) || group.endsWith(".k8s.io") ? CORE : CUSTOM;
    }
}
