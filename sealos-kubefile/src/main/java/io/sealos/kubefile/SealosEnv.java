package io.sealos.kubefile;

/**
 * The environment variables that sealos and its rootfs images know, as listed in sealos's guide to image building.
 *
 * @since 0.1.0
 */
public enum SealosEnv {
    /** The socket of the container runtime. */
    CRI_ENDPOINT("SEALOS_SYS_CRI_ENDPOINT"),
    /** The data directory of the container runtime. */
    CRI_DATA("criData"),
    /** The default virtual IP. */
    DEFAULT_VIP("defaultVIP"),
    /** Disables AppArmor if {@code true}. */
    DISABLE_APPARMOR("disableApparmor"),
    /** The configuration directory of the registry. */
    REGISTRY_CONFIG("registryConfig"),
    /** The data directory of the registry. */
    REGISTRY_DATA("registryData"),
    /** The name of the registry. */
    REGISTRY_DOMAIN("registryDomain"),
    /** The port of the registry. */
    REGISTRY_PORT("registryPort"),
    /** The user of the registry. */
    REGISTRY_USERNAME("registryUsername"),
    /** The password of the registry. */
    REGISTRY_PASSWORD("registryPassword"),
    /** The pause image, name and tag only. */
    SANDBOX_IMAGE("sandboxImage"),
    /** The endpoint of the image service of the container runtime; sealos reads it from the rootfs image. */
    IMAGE_ENDPOINT("SEALOS_SYS_IMAGE_ENDPOINT"),
    /** The version of Kubernetes: the label {@code version} of a rootfs image, empty if there is no such label. */
    KUBE_VERSION("SEALOS_SYS_KUBE_VERSION"),
    /** The version of the sealos that runs a rootfs image. */
    SEALOS_VERSION("SEALOS_SYS_SEALOS_VERSION"),
    /** The roles of the node, joined by commas; available when sealos renders the templates of a rootfs on it. */
    RUN_MODE("SEALOS_SYS_RUN_MODE");

    /**
     * The prefix of variables that sealos drops from {@code spec.env} and {@code spec.hosts[].env} of a Clusterfile.
     * The prefix does not end with an underscore, so SEALOS_SYSTEM is dropped as well. ENV of an image and
     * {@code sealos run -e} may set such variables.
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
     * {@return whether sealos sets the variable for rootfs images, overriding ENV} It does so in templates and, except
     * for {@link #RUN_MODE}, in commands. The commands of an application or patch see the value of their own ENV.
     */
    public boolean isSetBySealos() {
        return this == KUBE_VERSION || this == SEALOS_VERSION || this == RUN_MODE;
    }
}
