package io.sealos.oci.internal.read;

/**
 * The names with which a layer takes away what lower layers have, as the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">image specification</a> says.
 */
public final class Whiteouts {
    /** Comes before the name of what is taken away. */
    public static final String PREFIX = ".wh.";
    /** Takes away all that lower layers have in the directory. */
    public static final String OPAQUE = ".wh..wh..opq";

    private Whiteouts() {}
}
