/**
 * The client of registries: fetches and pushes manifests and blobs, with mirrors, authorization, redirects and retries.
 */
@NullMarked
package io.sealos.oci.internal.client;

import org.jspecify.annotations.NullMarked;
