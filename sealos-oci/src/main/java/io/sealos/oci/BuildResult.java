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

    /** {@return the layers of the first platform, the lowest first; those of a base image come before all others} */
    public List<BuildLayer> layers() {
        return layers;
    }

    /** {@return the images inside {@code registry/} that this build saved, for the first platform} */
    public List<BuildEvent.ImageSaved> images() {
        return images;
    }

    /**
     * {@return the configuration of the image, of the first platform} What it has from base images is in it:
     * {@code ImageType.of(result.config().labels())} says whether an image that is based on a rootfs is one, too.
     */
    public ContainerConfig config() {
        return config;
    }

    /** {@return what the layout rules had to say before the build, with all base images read} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return what is worth knowing of the images that were saved, for all platforms; often nothing} */
    public List<BuildEvent.SavingNoted> notices() {
        return notices;
    }

    /**
     * {@return the digests of all images that were saved, for all platforms} Kept as {@link ImageLock#toJson}, it holds
     * a later build to them by {@link ClusterImageBuilder#lock(ImageLock)}.
     */
    public ImageLock lock() {
        return lock;
    }
}
