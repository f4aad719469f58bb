package io.sealos.oci;

import io.sealos.oci.internal.verify.LayoutCheck;
import io.sealos.oci.internal.work.Interruptions;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Verifies a whole OCI layout: digests, sizes, diffIDs, media types, platforms and tags, and that every tar entry can
 * safely be unpacked. It shares no code with the writer of layouts, and accepts layouts of other tools. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OciLayoutVerifier {
    private OciLayoutVerifier() {}

    /**
     * Verifies a layout. Layers may be uncompressed, or compressed with gzip or zstd. Of artifacts that are not images,
     * such as signatures and charts, only digests and sizes are verified. Files that cannot be read, documents of more
     * than 4 MiB, indexes that are nested more than 8 levels deep, and links that lead out of the layout are reported
     * as mismatches.
     *
     * @param ociLayout the directory of the layout
     * @return the report on the layout
     * @throws UncheckedIOException with an {@link java.io.InterruptedIOException} if the thread is interrupted; the
     *     interrupt status is kept
     */
    public static VerificationReport verify(Path ociLayout) {
        Objects.requireNonNull(ociLayout, "ociLayout");
        VerificationReport report = LayoutCheck.check(ociLayout);
        try {
            // Files that could not be read because of the interrupt would be mismatches.
            Interruptions.check("a layout was verified");
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
        return report;
    }
}
