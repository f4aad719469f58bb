package io.sealos.oci.internal.client;

import io.sealos.images.ImageReference;

/** An image at a registry, by the name under which it was asked for. */
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
