package io.sealos.oci.jib;

import io.sealos.oci.jib.BlobFolder.Blob;

/** A manifest that Jib made, or a list of several, in the folder of blobs. */
record JibManifest(String mediaType, Blob blob) {}
