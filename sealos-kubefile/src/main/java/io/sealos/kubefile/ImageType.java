package io.sealos.kubefile;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The type of a cluster image. It is specified by the labels of the image, and determines how sealos runs the image.
 *
 * @since 0.1.0
 */
public enum ImageType {
    /** The base of a cluster, which is run on every node. */
    ROOTFS,
    /** An application, which is run on the first master only. */
    APPLICATION,
    /** A patch, whose files are laid over those of the rootfs, and which is run on every node. */
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
     * {@return the type that the labels specify; {@link #APPLICATION} if they specify none or an empty one; empty if
     * sealos does not know the type} Sealos neither copies nor runs an image of an unknown type.
     *
     * @param labels the labels of the image
     */
    public static Optional<ImageType> of(Map<String, String> labels) {
        Objects.requireNonNull(labels, "labels");
        Optional<String> value = SealosLabel.TYPE.value(labels);
        return value.isEmpty()
                ? Optional.of(APPLICATION)
                : Arrays.stream(values())
                        .filter(type -> type.label().equals(value.get()))
                        .findFirst();
    }
}
