package io.sealos.oci.internal.client;

/** The ways in which a blob can get into a repository. */
public enum UploadOutcome {
    PRESENT,
    MOUNTED,
    SENT
}
