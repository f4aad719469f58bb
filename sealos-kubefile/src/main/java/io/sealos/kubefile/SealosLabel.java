package io.sealos.kubefile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels that sealos reads (its {@code pkg/types/v1beta1/cluster.go}). */
public enum SealosLabel {
    /** Image type: rootfs, application or patch. */
    TYPE("sealos.io.type", "apps.sealos.io/type"),
    /** Version of the image format; a rootfs needs v1beta1 or v1beta2. */
    IMAGE_VERSION("sealos.io.version", "apps.sealos.io/version"),
    /** Distribution of Kubernetes. */
    DISTRIBUTION("sealos.io.distribution", "apps.sealos.io/distribution"),
    /** Version of Kubernetes, in a rootfs. */
    VERSION("version"),
    /** Script that initialises the cluster. */
    INIT("init"),
    /** Script for reset and for deleting a node. */
    CLEAN("clean"),
    /** Script that checks before the image runs. */
    CHECK("check"),
    /** Script that starts the registry. */
    INIT_REGISTRY("init-registry"),
    /** Script that cleans the registry on reset. */
    CLEAN_REGISTRY("clean-registry"),
    /** Script that starts the container runtime. */
    INIT_CRI("init-cri"),
    /** Script that cleans the container runtime on reset. */
    CLEAN_CRI("clean-cri"),
    /** Address of the virtual IP of IPVS. */
    VIP("vip"),
    /** The lvscare image, which serves IPVS. */
    IMAGE("image");

    private final String key;
    private final String alias;

    SealosLabel(String key) {
        this(key, key);
    }

    SealosLabel(String key, String alias) {
        this.key = key;
        this.alias = alias;
    }

    /** {@return the key to write} */
    public String key() {
        return key;
    }

    /** {@return all keys that sealos reads, the one to write first} */
    public List<String> keys() {
        return key.equals(alias) ? List.of(key) : List.of(key, alias);
    }

    /** {@return the value that these labels give, under any of the keys} */
    public Optional<String> value(Map<String, String> labels) {
        return keys().stream().filter(labels::containsKey).map(labels::get).findFirst();
    }
}
