package io.sealos.kubefile;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The kind of a cluster image, from its labels: what sealos does with it. */
public enum ImageType {
    /** The base that runs a cluster, on every node. */
    ROOTFS,
    /** An application, on the first master only. */
    APPLICATION,
    /** Laid over the rootfs, on every node. */
    PATCH;

    /** {@return the word in the label} */
    public String label() {
        return switch (this) {
            case ROOTFS -> "rootfs";
            case APPLICATION -> "application";
            case PATCH -> "patch";
        };
    }

    /**
     * {@return the type that the labels give: an application where they give none or an empty one, nothing where it is
     * a word that sealos does not know, which it then neither copies nor runs}
     */
    public static Optional<ImageType> of(Map<String, String> labels) {
        Optional<String> value = SealosLabel.TYPE.value(labels);
        return value.isEmpty()
                ? Optional.of(APPLICATION)
                : Arrays.stream(values())
                        .filter(type -> type.label().equals(value.get()))
                        .findFirst();
    }
}
