package io.sealos.kubefile;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The type of a cluster image, which its labels give and which decides how sealos runs it. */
public enum ImageType {
    /** The base of a cluster; it is run on every node. */
    ROOTFS,
    /** An application; it is run on the first master only. */
    APPLICATION,
    /** Files laid over the rootfs; it is run on every node. */
    PATCH;

    /** {@return the value of the label, such as {@code rootfs}} */
    public String label() {
        return switch (this) {
            case ROOTFS -> "rootfs";
            case APPLICATION -> "application";
            case PATCH -> "patch";
        };
    }

    /**
     * {@return the type that the labels give; an application if they give none or an empty one; empty if sealos does
     * not know the type, in which case it neither copies nor runs the image}
     *
     * @param labels the labels of the image
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
