package io.sealos.oci.internal.recipe;

import io.sealos.images.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A layer of a base image, where it lies.
 *
 * @param digest of the bytes as stored
 * @param diffId of the tar
 */
public record BaseLayer(Digest digest, Digest diffId, Source source) {
    /** Opens the bytes as stored, as often as they are needed. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public InputStream open() throws IOException {
        return source.open();
    }
}
