package io.sealos.oci.internal.client;

/** How a blob came to be in a repository. */
public enum UploadOutcome {
    PRESENT,
    MOUNTED,
    SENT
}
