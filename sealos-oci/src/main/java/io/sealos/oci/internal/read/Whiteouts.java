package io.sealos.oci.internal.read;

/**
 * The names of entries by which a layer deletes files of lower layers, according to the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">image specification</a>.
 */
public final class Whiteouts {
    /** The prefix of the name of a deleted file. */
    public static final String PREFIX = ".wh.";
    /** Deletes everything that lower layers have in the directory. */
    public static final String OPAQUE = ".wh..wh..opq";

    private Whiteouts() {}
}
