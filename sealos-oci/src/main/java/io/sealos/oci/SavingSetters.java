package io.sealos.oci;

/** The methods of {@link ClusterImageBuilder} that set which parts of images are saved into {@code registry/}. */
abstract sealed class SavingSetters extends ContextSetters permits DescribingSetters {
    /**
     * Sets whether the images that the application runs are saved into {@code registry/}. Default: true.
     *
     * @param save {@code false} to use {@code registry/} of the context unchanged
     * @return this builder
     */
    public ClusterImageBuilder saveImages(boolean save) {
        settings.saveImages = save;
        return self();
    }

    /**
     * Sets whether artifacts that controllers fetch from registries at the site are saved into {@code registry/} as
     * well: the charts, repositories and packages of {@link io.sealos.images.ImageInventory#artifacts()}. The bytes of
     * their manifests and blobs stay as served, whatever their media types. An artifact whose version is a range is a
     * gap of the kind {@link io.sealos.images.ScanProblem.Kind#NOT_SAVABLE}. The fix of its
     * {@link io.sealos.images.SiteNeed} says how an object names an artifact at the site. Default: false.
     *
     * <p>A saved chart is not rendered. If {@code charts/} does not have it as well, its images are not known, which
     * remains a gap.
     *
     * @param save {@code true} to save them; no effect with {@code saveImages(false)}
     * @return this builder
     */
    public ClusterImageBuilder saveArtifacts(boolean save) {
        settings.saveArtifacts = save;
        return self();
    }

    /**
     * Sets whether signatures, attestations and lists of referrers are saved with their images. Default: false.
     *
     * @param save {@code true} to save them
     * @return this builder
     */
    public ClusterImageBuilder referrers(boolean save) {
        settings.referrers = save;
        return self();
    }
}
