package io.sealos.oci.internal.transport;

import java.net.URI;

/** What a request is about: the image, the address that is asked, the path there, and what may be done to it. */
record Call(RemoteImage image, Endpoint endpoint, String rest, String actions) {
    static Call pull(RemoteImage image, Endpoint endpoint, String rest) {
        return new Call(image, endpoint, rest, "pull");
    }

    URI uri() {
        return endpoint.uri(image, rest);
    }

    /** As <a href="https://distribution.github.io/distribution/spec/auth/scope/">token servers</a> want it. */
    String scope() {
        return "repository:" + endpoint.repository(image) + ":" + actions;
    }
}
