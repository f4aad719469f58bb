package io.sealos.oci;

import io.sealos.oci.internal.recipe.BaseImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where base images are read from. */
@FunctionalInterface
interface BaseSource {
    /** {@return those of the images that are there, by the name of the request} */
    Map<String, BaseImage> read(List<BaseRequest> requests) throws IOException;
}
