package io.sealos.oci.internal.client;

import io.sealos.images.ImageReference;

/** An image at a registry, with the name by which it was requested. */
public record RemoteImage(ImageReference reference) {
    String name() {
        return reference.toString();
    }

    String registry() {
        return reference.registry();
    }

    String repository() {
        return reference.repository();
    }
}
