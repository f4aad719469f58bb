package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.RawManifest;
import java.io.IOException;

/** Where one image comes from. */
interface ImageSource {
    /** The manifest or index that the image's name stands for. */
    RawManifest root() throws IOException, InterruptedException;

    /** A manifest that an index names. */
    RawManifest manifest(Digest digest) throws IOException, InterruptedException;

    /** Brings a blob into the store, unless it is there. */
    void fetch(Digest digest, long size) throws IOException, InterruptedException;
}
