package io.sealos.kubefile;

/** The variables of ENV that sealos and its rootfs images know (sealos's guide to image building). */
public enum SealosEnv {
    /** Socket of the container runtime. */
    CRI_ENDPOINT("SEALOS_SYS_CRI_ENDPOINT"),
    /** Data directory of the container runtime. */
    CRI_DATA("criData"),
    /** Default virtual IP. */
    DEFAULT_VIP("defaultVIP"),
    /** Whether AppArmor is disabled. */
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
    /** Version of Kubernetes; set by sealos alone. */
    KUBE_VERSION("SEALOS_SYS_KUBE_VERSION"),
    /** Version of sealos; set by sealos alone. */
    SEALOS_VERSION("SEALOS_SYS_SEALOS_VERSION");

    /** Variables with this prefix are dropped where users give them at run time. */
    public static final String RESERVED_PREFIX = "SEALOS_SYS_";

    private final String key;

    SealosEnv(String key) {
        this.key = key;
    }

    /** {@return the name of the variable} */
    public String key() {
        return key;
    }

    /** {@return whether sealos supplies it, and nobody else can} */
    public boolean setBySealos() {
        return this == KUBE_VERSION || this == SEALOS_VERSION;
    }
}
