package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import java.nio.file.Path;

/** A blob that is to be at a registry: the bytes of a file. */
public record OutgoingBlob(Digest digest, long size, Path file) {}
