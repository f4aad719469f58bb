package io.sealos.oci.internal.tree;

/** The owner of an entry, by number. */
public record Owner(long uid, long gid) {
    private static final long NO_ID = 0xffff_ffffL;

    /**
     * Returns the owner that a file system stores: 32 bits, of which the highest number leaves the owner unchanged,
     * which is root.
     */
    static Owner kept(long uid, long gid) {
        return new Owner(id(uid), id(gid));
    }

    private static long id(long number) {
        long kept = number & NO_ID;
        return kept == NO_ID ? 0 : kept;
    }
}
