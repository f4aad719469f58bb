package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.layout.Finding;
import io.sealos.oci.internal.layout.WrittenImage;
import java.util.List;

/**
 * What a build has written.
 *
 * <p>Immutable and thread-safe.
 */
public final class BuildResult {
    private final Digest digest;
    private final List<BuildLayer> layers;
    private final List<BuildEvent.ImageSaved> images;
    private final List<Finding> findings;
    private final ImageLock lock;

    BuildResult(WrittenImage written, List<BuildEvent.ImageSaved> images, List<Finding> findings, ImageLock lock) {
        this.digest = written.root().digest();
        this.layers = written.manifests().get(0).layers().stream()
                .map(BuildLayer::new)
                .toList();
        this.images = List.copyOf(images);
        this.findings = findings;
        this.lock = lock;
    }

    /** {@return the digest of the manifest, or of the index where there are several platforms} */
    public Digest digest() {
        return digest;
    }

    /** {@return the layers of the first platform, the lowest first} */
    public List<BuildLayer> layers() {
        return layers;
    }

    /** {@return the images inside {@code registry/} that this build saved, for the first platform} */
    public List<BuildEvent.ImageSaved> images() {
        return images;
    }

    /** {@return what the layout rules had to say before the build, as in {@link BuildPlan#findings()}} */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * {@return the digests of all images that were saved, for all platforms} Kept as {@link ImageLock#toJson}, it holds
     * a later build to them by {@link ClusterImageBuilder#lock(ImageLock)}.
     */
    public ImageLock lock() {
        return lock;
    }
}
