package io.sealos.oci.jib;

import io.sealos.oci.jib.BlobDirectory.Blob;

/** A manifest or an index in a {@link BlobDirectory}. */
record JibManifest(String mediaType, Blob blob) {}
