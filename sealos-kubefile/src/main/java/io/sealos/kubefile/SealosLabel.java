package io.sealos.kubefile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The labels that sealos reads (see its {@code pkg/types/v1beta1/cluster.go} and {@code pkg/constants/bash.go}).
 *
 * @since 0.1.0
 */
public enum SealosLabel {
    /** The image type: rootfs, application or patch. */
    TYPE("sealos.io.type", "apps.sealos.io/type"),
    /** The version of the image format; a rootfs needs v1beta1 or v1beta2. */
    IMAGE_VERSION("sealos.io.version", "apps.sealos.io/version"),
    /** The distribution of Kubernetes. */
    DISTRIBUTION("sealos.io.distribution", "apps.sealos.io/distribution"),
    /** The version of Kubernetes, in a rootfs. */
    VERSION("version"),
    /** The script of a rootfs that initializes a node, by default {@code init.sh}. */
    INIT("init"),
    /** The script of a rootfs for reset and for deleting a node, by default {@code clean.sh}. */
    CLEAN("clean"),
    /** The script of a rootfs that checks a node before it is initialized, by default {@code check.sh}. */
    CHECK("check"),
    /** The script of a rootfs that starts the registry, by default {@code init-registry.sh}. */
    INIT_REGISTRY("init-registry"),
    /** The script of a rootfs that cleans the registry on reset, by default {@code clean-registry.sh}. */
    CLEAN_REGISTRY("clean-registry"),
    /** The script of a rootfs that starts the container runtime; by default nothing runs. */
    INIT_CRI("init-cri"),
    /** The script of a rootfs that cleans the container runtime on reset; by default nothing runs. */
    CLEAN_CRI("clean-cri"),
    /** The address of the virtual IP of IPVS. */
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

    /** {@return the key to use in a Kubefile} */
    public String key() {
        return key;
    }

    /** {@return the keys that sealos reads, in its order; the first is {@link #key()}} */
    public List<String> keys() {
        return key.equals(alias) ? List.of(key) : List.of(key, alias);
    }

    /**
     * {@return the value of the label, which is the first value under one of the {@link #keys()} that is not empty;
     * empty if there is none}
     *
     * @param labels the labels of an image
     */
    public Optional<String> value(Map<String, String> labels) {
        return keys().stream()
                .filter(labels::containsKey)
                .map(labels::get)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
