/** Saves images. Resolves the manifests and blobs of each image, and fetches them into the content store. */
@NullMarked
package io.sealos.oci.internal.save;

import org.jspecify.annotations.NullMarked;
