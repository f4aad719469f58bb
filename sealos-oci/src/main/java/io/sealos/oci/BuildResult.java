package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.layout.Finding;
import io.sealos.oci.internal.build.CheckedBuild;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.WrittenImage;
import java.util.List;

/** The result of {@link ClusterImage#writeTo}. Immutable and thread-safe. */
public final class BuildResult {
    private final Digest digest;
    private final List<BuildLayer> layers;
    private final List<BuildEvent.ImageSaved> images;
    private final List<Finding> findings;
    private final List<BuildEvent.SavingNoted> notices;
    private final ContainerConfig config;
    private final ImageLock lock;

    /** The images were saved for the platforms in the order of the build. */
    BuildResult(WrittenImage written, CheckedBuild build, List<ImageSaving.Saved> saved, ImageLock lock) {
        this.digest = written.root().digest();
        this.layers = written.manifests().get(0).layers().stream()
                .map(LayerBlob::layer)
                .toList();
        this.images = List.copyOf(saved.get(0).images());
        this.notices = saved.stream()
                .flatMap(platform -> platform.notices().stream())
                .distinct()
                .toList();
        this.findings = build.report().findings();
        this.config = build.evaluations().get(0).evaluation().config();
        this.lock = lock;
    }

    /** {@return the digest of the manifest, or of the index where there are several platforms} */
    public Digest digest() {
        return digest;
    }

    /** {@return the layers of the first platform, the lowest first, those of a base image included} */
    public List<BuildLayer> layers() {
        return layers;
    }

    /** {@return the images that this build saved into {@code registry/}, for the first platform} */
    public List<BuildEvent.ImageSaved> images() {
        return images;
    }

    /**
     * {@return the configuration of the image for the first platform} It contains the values of base images:
     * {@code ImageType.of(result.config().labels())} tells whether an image that is based on a rootfs is one, too.
     */
    public ContainerConfig config() {
        return config;
    }

    /** {@return the findings of the layout rules, with all base images read} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return peculiarities of the saved images that may matter at the site, for all platforms; often none} */
    public List<BuildEvent.SavingNoted> notices() {
        return notices;
    }

    /**
     * {@return the digests of all images that were saved, for all platforms} Given to
     * {@link ClusterImageBuilder#lock(ImageLock)}, it restricts a later build to them.
     */
    public ImageLock lock() {
        return lock;
    }
}
