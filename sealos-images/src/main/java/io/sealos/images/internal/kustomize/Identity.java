package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity by which patches and replacements select an object.
 *
 * @param namespace the namespace; {@code default} if none is given, and empty for a kind without namespaces
 */
record Identity(String group, String version, String kind, String name, String namespace) {
    /** The built-in kinds without namespaces that kustomize knows, by group and kind. */
    private static final Set<String> CLUSTER_WIDE = Set.of(
            " ComponentStatus",
            " Namespace",
            " Node",
            " PersistentVolume",
            "admissionregistration.k8s.io MutatingWebhookConfiguration",
            "admissionregistration.k8s.io ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io ValidatingAdmissionPolicyBinding",
            "admissionregistration.k8s.io ValidatingWebhookConfiguration",
            "apiextensions.k8s.io CustomResourceDefinition",
            "apiregistration.k8s.io APIService",
            "certificates.k8s.io CertificateSigningRequest",
            "flowcontrol.apiserver.k8s.io FlowSchema",
            "flowcontrol.apiserver.k8s.io PriorityLevelConfiguration",
            "networking.k8s.io IngressClass",
            "node.k8s.io RuntimeClass",
            "policy PodSecurityPolicy",
            "rbac.authorization.k8s.io ClusterRole",
            "rbac.authorization.k8s.io ClusterRoleBinding",
            "scheduling.k8s.io PriorityClass",
            "storage.k8s.io CSIDriver",
            "storage.k8s.io CSINode",
            "storage.k8s.io StorageClass",
            "storage.k8s.io VolumeAttachment");

    static Identity of(YamlNode root) {
        String api = root.textOf("apiVersion");
        int slash = api.indexOf('/');
        @Nullable YamlNode metadata = root.get("metadata");
        String group = slash < 0 ? "" : api.substring(0, slash);
        String kind = root.textOf("kind");
        String namespace = namespace(metadata == null ? "" : metadata.textOf("namespace"));
        return new Identity(
                group,
                api.substring(slash + 1),
                kind,
                metadata == null ? "" : metadata.textOf("name"),
                isClusterWide(group, kind) ? "" : namespace);
    }

    private static boolean isClusterWide(String group, String kind) {
        return CLUSTER_WIDE.contains(group + " " + kind);
    }

    /** {@return whether the kind has no namespaces} */
    boolean isClusterWide() {
        return isClusterWide(group, kind);
    }

    private static String namespace(String written) {
        return written.isEmpty() ? "default" : written;
    }

    /** {@return whether a selector of a replacement, which has no expressions, selects the object} */
    boolean isSelectedBy(YamlNode select) {
        String space = select.textOf("namespace");
        return is(select, "group", group)
                && is(select, "version", version)
                && is(select, "kind", kind)
                && is(select, "name", name)
                && (space.isEmpty() || namespace(space).equals(namespace));
    }

    private static boolean is(YamlNode select, String key, String value) {
        String wanted = select.textOf(key);
        return wanted.isEmpty() || wanted.equals(value);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
