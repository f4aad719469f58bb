package io.sealos.oci.internal.save;

import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.source.SaveRequest;

/** An image to save for a platform. */
record SaveTask(Platform platform, SaveRequest request) {}
