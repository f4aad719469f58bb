package io.sealos.oci.internal.verify;

import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.AccessSettings;
import java.util.Optional;

/**
 * A request to verify an image.
 *
 * @param source the name of its source for messages
 * @param expected the digest of the image that was written; empty for all images of the source
 * @param access the access to the registry of an image that has none of its own
 */
public record Verification(String source, Optional<Digest> expected, AccessSettings access, BuildListener listener) {}
