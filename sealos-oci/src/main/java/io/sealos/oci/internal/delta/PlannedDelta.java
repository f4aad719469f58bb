package io.sealos.oci.internal.delta;

/** The blobs that a delta image leaves out for one platform, and the sizes of its images. */
public record PlannedDelta(DeltaNeeds needs, DeltaSizes sizes) {}
