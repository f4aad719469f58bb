package io.sealos.oci;

import io.sealos.oci.internal.verify.LayoutCheck;
import java.nio.file.Path;

/**
 * Reads an OCI layout back and recomputes everything it says: each digest, size and diffID, media types, platforms,
 * tags, and whether each tar entry may be unpacked. It shares no code with what writes layouts, and takes those of
 * others.
 */
public final class OciLayoutVerifier {
    private OciLayoutVerifier() {}

    /**
     * {@return all that does not fit, and what was checked} What cannot be read is a mismatch too. Layers may be plain
     * or compressed with gzip or zstd. Of what is no image (signatures, charts) digests and sizes are checked.
     * Documents of more than 4 MiB, indexes nested more than 8 deep and links that lead out of the layout are
     * mismatches.
     *
     * @param ociLayout the directory of the layout
     */
    public static VerificationReport verify(Path ociLayout) {
        return new VerificationReport(ociLayout, LayoutCheck.check(ociLayout));
    }
}
