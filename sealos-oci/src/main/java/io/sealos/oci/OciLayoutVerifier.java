package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.text.FileFailures;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.verify.LayoutCheck;
import io.sealos.oci.internal.verify.Verification;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifies all bytes of finished images: digests, sizes, diffIDs, media types, platforms and tags, and that every tar
 * entry can safely be unpacked. It shares no code with the writer of layouts, and accepts images of other tools.
 * Whether a site will have all images that the application runs is verified by {@link RegistryVerifier}. Thread-safe.
 *
 * <p>Layers may be uncompressed, or compressed with gzip or zstd. Each is read once. Of artifacts that are not images,
 * such as signatures and charts, only digests and sizes are verified. Blobs that cannot be read, documents of more than
 * 4 MiB, indexes that are nested more than 8 levels deep, and links that lead out of a layout are reported as
 * mismatches.
 *
 * @see BuildResult#verify
 * @see WriteResult#verify
 * @since 0.1.0
 */
public final class OciLayoutVerifier {
    private OciLayoutVerifier() {}

    /**
     * Verifies a layout in a directory. A directory that is no layout, or cannot be read, is reported as a mismatch.
     *
     * @param ociLayout the directory of the layout
     * @return the report on the layout
     * @throws UncheckedIOException with an {@link java.io.InterruptedIOException} if the thread is interrupted; the
     *     interrupt status is kept
     */
    public static VerificationReport verify(Path ociLayout) {
        Objects.requireNonNull(ociLayout, "ociLayout");
        try {
            VerificationReport report = new VerificationReport(LayoutCheck.directory(
                    ociLayout,
                    request(OciLayout.directory(ociLayout), Optional.empty(), defaults(), BuildListener.NONE)));
            // Files that could not be read because of the interrupt would be mismatches.
            Interruptions.check("a layout was verified");
            return report;
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Verifies all images of a source, for all of their platforms.
     *
     * @param source the source: a layout, an archive or its parts, a docker-archive, which has no digests but those of
     *     its configurations and of uncompressed layers, an image of a container engine, or an image at a registry, all
     *     blobs of which are fetched
     * @return the report on the images
     * @throws IllegalArgumentException if the source is a {@link RegistryDirectory}, which {@link RegistryVerifier}
     *     verifies
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source is missing, incomplete, or not of the form that its class says
     */
    public static VerificationReport verify(ImageSource source) throws IOException {
        return verify(source, BuildListener.NONE);
    }

    /**
     * Verifies all images of a source, and reports the progress.
     *
     * @param source the source, as in {@link #verify(ImageSource)}
     * @param listener receives the events of the phase {@link BuildPhase#VERIFY}. If it throws an exception, it is not
     *     called again
     * @return the report on the images
     * @throws IllegalArgumentException if the source is a {@link RegistryDirectory}, which {@link RegistryVerifier}
     *     verifies
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source is missing, incomplete, or not of the form that its class says
     */
    public static VerificationReport verify(ImageSource source, BuildListener listener) throws IOException {
        Objects.requireNonNull(source, "source");
        return verify(source, Optional.empty(), defaults(), listener);
    }

    /** {@return the report on an image that was written} */
    static VerificationReport verify(ImageTarget target, Digest written, AccessSettings access, BuildListener listener)
            throws IOException {
        if (target instanceof ImageSource source) {
            return verify(source, Optional.of(written), access, listener);
        }
        throw new IllegalStateException(
                target + " cannot be read back, because it is a target of another program; verify the image there");
    }

    private static VerificationReport verify(
            ImageSource source, Optional<Digest> expected, AccessSettings access, BuildListener listener)
            throws IOException {
        Verification request = request(source, expected, access, listener);
        Interruptions.check("an image was verified");
        try (CallRun call = CallRun.start(request.listener(), "verify " + source)) {
            VerificationReport report =
                    new VerificationReport(FileFailures.explained(source, () -> source.verified(request)));
            Interruptions.check("an image was verified");
            return call.complete(report);
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("an image was verified", e);
        }
    }

    private static Verification request(
            ImageSource source, Optional<Digest> expected, AccessSettings access, BuildListener listener) {
        return new Verification(
                source.place(),
                expected,
                access,
                BuilderSettings.isolated(Objects.requireNonNull(listener, "listener")));
    }

    private static AccessSettings defaults() {
        return RegistryAccess.defaults().settings();
    }
}
