package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.delta.PlannedDelta;
import io.sealos.oci.internal.tree.PlannedImage;
import java.io.IOException;
import java.util.List;

/** The bases of a delta image. */
public interface DeltaRequest {
    /** {@return the blobs to leave out for each platform} A blob is left out for all platforms or for none. */
    List<PlannedDelta> plan(List<PlannedImage> plans) throws IOException;
}
