package io.sealos.oci.internal.inspect;

/** A stored image with its content, of which a bill of materials is written. */
public record DescribedImage(StoredImage stored, ImageContent content) {}
