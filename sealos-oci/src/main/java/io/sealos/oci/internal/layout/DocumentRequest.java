package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.trust.attach.Artifact;
import java.io.IOException;
import java.util.List;

/** Creates the documents that are attached to an image, such as its signatures. */
@FunctionalInterface
public interface DocumentRequest {
    /**
     * {@return the documents}
     *
     * @param image the image, which is complete except for its documents
     * @param names the canonical names of the image; may be empty
     */
    List<Artifact> documents(WrittenImage image, List<String> names) throws IOException;
}
