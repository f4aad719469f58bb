package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.build.CheckedBuild;
import io.sealos.oci.internal.build.bill.ImageDescription;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.layout.WrittenManifest;
import io.sealos.oci.internal.progress.Amounts;
import io.sealos.oci.trust.BillOfMaterials;
import io.sealos.oci.trust.Provenance;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of {@link ClusterImage#writeTo}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class BuildResult {
    private final ImageTarget target;
    private final Digest digest;
    private final long size;
    private final List<PlatformResult> platformResults;
    private final LayoutReport report;
    private final List<BuildEvent.SavingNoted> notices;
    private final ImageLock lock;
    private final Optional<ImageDelta> delta;
    private final AccessSettings access;
    private final Optional<String> bill;
    private final Optional<String> provenance;

    /** Creates a result. The saved images are in the order of the platforms of the build. */
    BuildResult(
            ImageTarget target,
            WrittenImage written,
            CheckedBuild build,
            List<ImageSaving.Saved> saved,
            ImageLock lock,
            AccessSettings access,
            ImageDescription description) {
        this.target = target;
        this.digest = written.root().digest();
        this.size = written.size();
        this.platformResults = platformResults(written, build, saved);
        this.notices = saved.stream()
                .flatMap(platform -> platform.notices().stream())
                .distinct()
                .toList();
        this.report = build.report();
        this.lock = lock;
        this.access = access;
        this.delta = written.deltas().stream().findFirst().map(ImageDelta::new);
        this.bill = description.bill();
        this.provenance = description.provenance();
    }

    private static List<PlatformResult> platformResults(
            WrittenImage written, CheckedBuild build, List<ImageSaving.Saved> saved) {
        List<PlatformResult> results = new ArrayList<>();
        for (WrittenManifest manifest : written.manifests()) {
            int index = results.size();
            ContainerConfig config = build.evaluations().get(index).evaluation().config();
            results.add(new PlatformResult(manifest, saved.get(index), config));
        }
        return List.copyOf(results);
    }

    /** {@return the digest of the manifest, or of the index if there are several platforms} */
    public Digest digest() {
        return digest;
    }

    /** {@return the target to which the image was written, whose text is such as {@code oci-archive:shop.tar}} */
    public ImageTarget target() {
        return target;
    }

    /**
     * {@return the size of the image in bytes: its index, manifests, configurations and stored layers, for all
     * platforms, each counted once} An archive or directory that contains only this image is a little larger. A
     * registry or layout that had some of it already has received less.
     */
    public long size() {
        return size;
    }

    /**
     * {@return the result for each platform, in the order of the builder's calls} The methods {@link #layers()},
     * {@link #images()}, {@link #artifacts()} and {@link #config()} return the values of the first one, which are all
     * if there is one platform.
     */
    public List<PlatformResult> platformResults() {
        return platformResults;
    }

    /** {@return the layers of the first platform including those of a base image, the lowest first} */
    public List<BuildLayer> layers() {
        return platformResults.get(0).layers();
    }

    /** {@return the images that this build saved into {@code registry/}, for the first platform} */
    public List<BuildEvent.ImageSaved> images() {
        return platformResults.get(0).images();
    }

    /**
     * {@return the artifacts, such as charts, that this build saved into {@code registry/}, for the first platform;
     * empty unless {@link ClusterImageBuilder ClusterImageBuilder.saveArtifacts} was called}
     */
    public List<BuildEvent.ImageSaved> artifacts() {
        return platformResults.get(0).artifacts();
    }

    /**
     * {@return the configuration of the image for the first platform} It includes the values inherited from base
     * images. For example, {@code ImageType.of(result.config().labels())} is also right for an image whose type label
     * comes from its base image.
     */
    public ContainerConfig config() {
        return platformResults.get(0).config();
    }

    /** {@return the findings of the layout rules, which were applied after all base images were read} */
    public List<Finding> findings() {
        return report.findings();
    }

    /** {@return the report of the layout rules, which were applied after all base images were read} */
    public LayoutReport report() {
        return report;
    }

    /**
     * {@return the notices about saved images that will not behave at the site exactly as requested, for all platforms,
     * each once, in the order of the platforms}
     */
    public List<BuildEvent.SavingNoted> notices() {
        return notices;
    }

    /**
     * {@return the lock with the digests of all saved images and artifacts, for all platforms} Pass it to
     * {@link ClusterImageBuilder#lock(ImageLock)} to restrict a later build to the same images.
     */
    public ImageLock lock() {
        return lock;
    }

    /**
     * {@return the bytes that a delta image sends and spares, for the first platform; empty for a full image}
     *
     * @see ClusterImageBuilder
     */
    public Optional<ImageDelta> delta() {
        return delta;
    }

    /**
     * Reads the image back from its target, and verifies all of its bytes.
     *
     * <pre>{@code
     * image.writeTo(target).verify(listener).orThrow();
     * }</pre>
     *
     * @param listener receives the progress; {@link BuildListener#NONE} for none
     * @return the report; that the target does not have the image with this digest is a mismatch
     * @throws IllegalStateException if the target is not one of this library, and cannot be read back
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the target cannot be read
     * @see OciLayoutVerifier
     */
    public VerificationReport verify(BuildListener listener) throws IOException {
        return OciLayoutVerifier.verify(target, digest, access, listener);
    }

    /**
     * {@return the bill of materials of the image; empty unless it was asked for}
     *
     * @see ClusterImageBuilder ClusterImageBuilder.billOfMaterials
     */
    public Optional<BillOfMaterials> billOfMaterials() {
        return bill.map(BillOfMaterials::parse);
    }

    /**
     * {@return the provenance of the image; empty unless it was asked for}
     *
     * @see ClusterImageBuilder ClusterImageBuilder.provenance
     */
    public Optional<Provenance> provenance() {
        return provenance.map(Provenance::parse);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildResult that
                && target.equals(that.target)
                && digest.equals(that.digest)
                && size == that.size
                && platformResults.equals(that.platformResults)
                && report.equals(that.report)
                && notices.equals(that.notices)
                && lock.equals(that.lock)
                && delta.equals(that.delta)
                && bill.equals(that.bill)
                && provenance.equals(that.provenance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, digest, size, platformResults, report, notices, lock, delta, bill, provenance);
    }

    /**
     * {@return the target, the digest, the size and the number of images of all platforms, such as
     * {@code oci-archive:shop.tar: sha256:…, 193 MB, with 6 images}}
     */
    @Override
    public String toString() {
        return target + ": " + digest + ", " + Amounts.size(size) + ", with " + number("image", PlatformResult::images)
                + (artifacts().isEmpty() ? "" : " and " + number("artifact", PlatformResult::artifacts));
    }

    private String number(String what, Function<PlatformResult, List<BuildEvent.ImageSaved>> saved) {
        long count = platformResults.stream()
                .flatMap(it -> saved.apply(it).stream())
                .map(BuildEvent.ImageSaved::reference)
                .distinct()
                .count();
        return Count.of(count, what);
    }
}
