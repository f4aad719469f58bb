package io.sealos.oci.internal.tree;

/** The numeric owner of an entry. */
public record Owner(long uid, long gid) {
    private static final long NO_ID = 0xffff_ffffL;

    /**
     * Returns the owner that a file system would store. Numbers have 32 bits, and the highest number does not change
     * the owner, which is root.
     */
    static Owner kept(long uid, long gid) {
        return new Owner(id(uid), id(gid));
    }

    private static long id(long number) {
        long kept = number & NO_ID;
        return kept == NO_ID ? 0 : kept;
    }
}
