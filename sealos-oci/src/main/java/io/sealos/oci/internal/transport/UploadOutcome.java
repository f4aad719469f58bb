package io.sealos.oci.internal.transport;

/** How a blob came to be in a repository. */
public enum UploadOutcome {
    PRESENT,
    MOUNTED,
    SENT
}
