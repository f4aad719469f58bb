package io.sealos.oci.internal.recipe;

import io.sealos.images.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A layer of a base image.
 *
 * @param digest the digest of the stored bytes
 * @param diffId the digest of the tar
 * @param size the size of the stored bytes
 * @param source opens the stored bytes
 */
public record BaseLayer(Digest digest, Digest diffId, long size, Source source) {
    /** Opens the stored bytes; may be called several times. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public InputStream open() throws IOException {
        return source.open();
    }
}
