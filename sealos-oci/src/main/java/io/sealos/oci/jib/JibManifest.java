package io.sealos.oci.jib;

import io.sealos.oci.jib.BlobDirectory.Blob;

/** A manifest or index in the directory of blobs. */
record JibManifest(String mediaType, Blob blob) {}
