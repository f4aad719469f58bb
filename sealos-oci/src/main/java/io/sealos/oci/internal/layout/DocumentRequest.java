package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.trust.attach.Artifact;
import java.io.IOException;
import java.util.List;

/** Creates the documents that are attached to an image, such as its signatures. */
@FunctionalInterface
public interface DocumentRequest {
    /** {@return the documents} The image is complete, except for them. */
    List<Artifact> documents(WrittenImage image) throws IOException;
}
