package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.WrittenManifest;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@link ClusterImage#writeTo} for one platform. Immutable and thread-safe.
 *
 * @see BuildResult#platformResults()
 * @since 0.1.0
 */
public final class PlatformResult {
    private final Platform platform;
    private final Digest digest;
    private final List<BuildLayer> layers;
    private final List<BuildEvent.ImageSaved> images;
    private final List<BuildEvent.ImageSaved> artifacts;
    private final ContainerConfig config;

    PlatformResult(WrittenManifest manifest, ImageSaving.Saved saved, ContainerConfig config) {
        this.platform = manifest.platform();
        this.digest = manifest.digest();
        this.layers = manifest.layers().stream().map(LayerBlob::layer).toList();
        this.images = List.copyOf(saved.images());
        this.artifacts = List.copyOf(saved.artifacts());
        this.config = config;
    }

    /** {@return the platform} */
    public Platform platform() {
        return platform;
    }

    /** {@return the digest of the manifest for the platform} */
    public Digest digest() {
        return digest;
    }

    /** {@return the layers including those of a base image, the lowest first} */
    public List<BuildLayer> layers() {
        return layers;
    }

    /** {@return the images that the build saved into {@code registry/}, in the order of {@link BuildPlan#images()}} */
    public List<BuildEvent.ImageSaved> images() {
        return images;
    }

    /**
     * {@return the artifacts, such as charts, that the build saved into {@code registry/}; empty unless
     * {@link ClusterImageBuilder ClusterImageBuilder.saveArtifacts} was called}
     */
    public List<BuildEvent.ImageSaved> artifacts() {
        return artifacts;
    }

    /** {@return the configuration of the image, including the values inherited from base images} */
    public ContainerConfig config() {
        return config;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlatformResult that
                && platform.equals(that.platform)
                && digest.equals(that.digest)
                && layers.equals(that.layers)
                && images.equals(that.images)
                && artifacts.equals(that.artifacts)
                && config.equals(that.config);
    }

    @Override
    public int hashCode() {
        return Objects.hash(platform, digest, layers, images, artifacts, config);
    }

    /** {@return the platform and the digest} */
    @Override
    public String toString() {
        return platform + " " + digest;
    }
}
