package io.sealos.oci.internal.tree;

/** Who owns an entry, by number. */
public record Owner(long uid, long gid) {}
