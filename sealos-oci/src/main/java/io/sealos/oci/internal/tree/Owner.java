package io.sealos.oci.internal.tree;

/** Who owns an entry, by number. */
public record Owner(long uid, long gid) {
    private static final long NO_ID = 0xffff_ffffL;

    /** File systems keep 32 bits; the highest number means that the owner, who is root, stays. */
    static Owner kept(long uid, long gid) {
        return new Owner(id(uid), id(gid));
    }

    private static long id(long number) {
        long kept = number & NO_ID;
        return kept == NO_ID ? 0 : kept;
    }
}
