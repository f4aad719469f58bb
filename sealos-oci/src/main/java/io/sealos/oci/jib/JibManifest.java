package io.sealos.oci.jib;

import io.sealos.oci.jib.BlobDirectory.Blob;

/** A manifest that Jib made, or a list of several, in the directory of blobs. */
record JibManifest(String mediaType, Blob blob) {}
