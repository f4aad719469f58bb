package io.sealos.oci.internal.client;

import java.io.IOException;
import java.net.URI;

/** Thrown when the connection is lost during an exchange. Contains the address, which may be that of a redirect. */
final class BrokenExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final URI address;
    private final IOException reason;

    BrokenExchangeException(URI address, IOException reason) {
        super(reason.getMessage(), reason);
        this.address = address;
        this.reason = reason;
    }

    URI address() {
        return address;
    }

    IOException reason() {
        return reason;
    }
}
