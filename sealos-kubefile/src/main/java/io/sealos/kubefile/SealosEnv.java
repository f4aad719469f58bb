package io.sealos.kubefile;

/** The environment variables that sealos and its rootfs images know, by sealos's guide to image building. */
public enum SealosEnv {
    /** Socket of the container runtime. */
    CRI_ENDPOINT("SEALOS_SYS_CRI_ENDPOINT"),
    /** Data directory of the container runtime. */
    CRI_DATA("criData"),
    /** Default virtual IP. */
    DEFAULT_VIP("defaultVIP"),
    /** Disables AppArmor if {@code true}. */
    DISABLE_APPARMOR("disableApparmor"),
    /** Configuration directory of the registry. */
    REGISTRY_CONFIG("registryConfig"),
    /** Data directory of the registry. */
    REGISTRY_DATA("registryData"),
    /** Name of the registry. */
    REGISTRY_DOMAIN("registryDomain"),
    /** Port of the registry. */
    REGISTRY_PORT("registryPort"),
    /** User of the registry. */
    REGISTRY_USERNAME("registryUsername"),
    /** Password of the registry. */
    REGISTRY_PASSWORD("registryPassword"),
    /** The pause image, name and tag only. */
    SANDBOX_IMAGE("sandboxImage"),
    /** Endpoint of the image service of the container runtime; sealos reads it from the rootfs image. */
    IMAGE_ENDPOINT("SEALOS_SYS_IMAGE_ENDPOINT"),
    /** Version of Kubernetes: the label {@code version} of a rootfs image, empty if there is no such label. */
    KUBE_VERSION("SEALOS_SYS_KUBE_VERSION"),
    /** Version of the sealos that runs a rootfs image. */
    SEALOS_VERSION("SEALOS_SYS_SEALOS_VERSION"),
    /** Roles of the node, joined by commas; available when sealos renders the templates of a rootfs on it. */
    RUN_MODE("SEALOS_SYS_RUN_MODE");

    /**
     * The prefix of variables that sealos drops from {@code spec.env} and {@code spec.hosts[].env} of a Clusterfile. It
     * has no underscore at its end: SEALOS_SYSTEM is dropped as well. ENV of an image and {@code sealos run -e} may
     * have such variables.
     */
    public static final String RESERVED_PREFIX = "SEALOS_SYS";

    private final String key;

    SealosEnv(String key) {
        this.key = key;
    }

    /** {@return the name of the variable} */
    public String key() {
        return key;
    }

    /**
     * {@return whether sealos sets the variable for rootfs images, overriding ENV: in templates, and in commands except
     * for {@link #RUN_MODE}} The commands of an application or patch see the value of their ENV.
     */
    public boolean setBySealos() {
        return this == KUBE_VERSION || this == SEALOS_VERSION || this == RUN_MODE;
    }
}
