package io.sealos.images.internal.finder;

import java.util.Set;
import java.util.regex.Pattern;

/** The properties of the kind of Kubernetes object that a node belongs to. */
public enum ObjectKind {
    /** A kind that is built into Kubernetes, whose fields are known. */
    CORE,
    /** A kind that an operator defines. */
    CUSTOM,
    /** A kind that describes machines, whose images are those of disks. */
    MACHINE,
    /** A kind that watches, allows, forbids or removes images, but does not run them. */
    POLICY,
    /** A ConfigMap or Secret, or the text inside one. */
    CONFIG,
    /** Not an object, such as a list of values. */
    NONE,
    /** A schema, in which images are examples. */
    SCHEMA;

    /**
     * The API groups of Kubernetes itself, including those of its configuration files. Other groups define custom
     * kinds.
     */
    private static final Set<String> CORE_GROUPS = Set.of(
            "",
            "admission.k8s.io",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "apidiscovery.k8s.io",
            "apiserver.config.k8s.io",
            "apiserver.k8s.io",
            "audit.k8s.io",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "client.authentication.k8s.io",
            "coordination.k8s.io",
            "credentialprovider.kubelet.k8s.io",
            "custom.metrics.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "extensions",
            "external.metrics.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "imagepolicy.k8s.io",
            "internal.apiserver.k8s.io",
            "kubeadm.k8s.io",
            "kubecontrollermanager.config.k8s.io",
            "kubelet.config.k8s.io",
            "kubeproxy.config.k8s.io",
            "kubescheduler.config.k8s.io",
            "metrics.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "pod-security.admission.config.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "settings.k8s.io",
            "storage.k8s.io",
            "storagemigration.k8s.io");

    private static final Pattern MACHINE_GROUPS = Pattern.compile("infrastructure\\.cluster\\.x-k8s\\.io"
            + "|machine\\.openshift\\.io|metal3\\.io|machine\\.sapcloud\\.io|kops\\.k8s\\.io|karpenter\\..*"
            + "|(compute|ec2)\\..*|ec2\\.services\\.k8s\\.aws|vmoperator\\.vmware\\.com|tinkerbell\\.org");

    private static final Set<String> POLICY_GROUPS = Set.of(
            "argocd-image-updater.argoproj.io",
            "constraints.gatekeeper.sh",
            "eraser.sh",
            "image.toolkit.fluxcd.io",
            "kargo.akuity.io",
            "kyverno.io",
            "policies.kyverno.io",
            "policy.sigstore.dev");

    private static final Pattern POLICY_KINDS =
            Pattern.compile("(Cluster)?Image(Repository|Policy|Updat.*|Watch.*|Scan.*)");

    private static final Set<String> SCHEMAS =
            Set.of("CustomResourceDefinition", "CompositeResourceDefinition", "ConstraintTemplate");

    /** {@return the kind for an API group and a name} */
    public static ObjectKind of(String group, String name) {
        if (SCHEMAS.contains(name)) {
            return SCHEMA;
        }
        if (group.isEmpty() && (name.equals("ConfigMap") || name.equals("Secret"))) {
            return CONFIG;
        }
        if (MACHINE_GROUPS.matcher(group).matches()) {
            return MACHINE;
        }
        if (CORE_GROUPS.contains(group)) {
            return CORE;
        }
        boolean policy =
                POLICY_GROUPS.contains(group) || POLICY_KINDS.matcher(name).matches();
        return policy ? POLICY : CUSTOM;
    }

    /** {@return whether the kind is a custom one that may run the images that it names} */
    boolean isCustom() {
        return this == CUSTOM || this == POLICY;
    }
}
