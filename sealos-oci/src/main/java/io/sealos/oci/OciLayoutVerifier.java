package io.sealos.oci;

import io.sealos.oci.internal.verify.LayoutCheck;
import java.nio.file.Path;

/**
 * Reads an OCI layout back and verifies all of it: each digest, size and diffID, media types, platforms, tags, and
 * whether each tar entry may be unpacked. Shares no code with the writer of layouts, and accepts layouts of other
 * tools. Thread-safe.
 */
public final class OciLayoutVerifier {
    private OciLayoutVerifier() {}

    /**
     * {@return the mismatches of a layout, and what was checked} A file that cannot be read is a mismatch. Layers may
     * be plain or compressed with gzip or zstd. Of what is no image (signatures, charts) digests and sizes are checked.
     * Documents of more than 4 MiB, indexes nested more than 8 deep and links that lead out of the layout are
     * mismatches.
     *
     * @param ociLayout the directory of the layout
     */
    public static VerificationReport verify(Path ociLayout) {
        return LayoutCheck.check(ociLayout);
    }
}
