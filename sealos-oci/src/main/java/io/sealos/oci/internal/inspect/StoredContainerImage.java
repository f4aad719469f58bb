package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import java.util.List;

/**
 * An image in the registry folder of a cluster image.
 *
 * @param name repository and tag, or repository and digest where no tag names it
 * @param platforms those whose manifests are there, as {@code os/architecture[/variant]}
 * @param size bytes of its manifests and blobs, each counted once
 */
public record StoredContainerImage(String name, Digest digest, List<String> platforms, long size) {}
