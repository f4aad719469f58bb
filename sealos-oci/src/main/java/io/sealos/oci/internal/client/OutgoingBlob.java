package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import java.nio.file.Path;

/** A blob to upload: the bytes of a file. */
public record OutgoingBlob(Digest digest, long size, Path file) {}
