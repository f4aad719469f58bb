package io.sealos.oci;

import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;

/** What the build file comes to for one platform. */
record PlatformEvaluation(Platform platform, KubefileEvaluation evaluation) {}
