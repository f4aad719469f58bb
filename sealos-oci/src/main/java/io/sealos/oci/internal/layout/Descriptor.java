package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import org.jspecify.annotations.Nullable;

/** The descriptor of a document. */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable Platform platform) {}
