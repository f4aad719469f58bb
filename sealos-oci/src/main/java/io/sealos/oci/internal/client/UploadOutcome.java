package io.sealos.oci.internal.client;

/** The ways in which a blob came to be in a repository. */
public enum UploadOutcome {
    PRESENT,
    MOUNTED,
    SENT
}
