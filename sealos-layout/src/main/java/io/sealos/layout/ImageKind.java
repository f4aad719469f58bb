package io.sealos.layout;

import io.sealos.kubefile.ContainerConfig;

/** What sealos does with an image, by its type label; an image without the label is an application. */
enum ImageKind {
    ROOTFS,
    PATCH,
    APPLICATION;

    static ImageKind of(ContainerConfig config) {
        String type =
                config.labels().getOrDefault("sealos.io.type", config.labels().get("apps.sealos.io/type"));
        if ("rootfs".equals(type)) {
            return ROOTFS;
        }
        return "patch".equals(type) ? PATCH : APPLICATION;
    }
}
