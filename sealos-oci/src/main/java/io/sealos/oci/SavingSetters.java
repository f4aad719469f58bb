package io.sealos.oci;

import io.sealos.oci.trust.SigningKey;
import java.util.Objects;

/**
 * The methods of {@link ClusterImageBuilder} that set which parts of images are saved into {@code registry/}, and by
 * which keys the image is signed.
 */
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

    /**
     * Sets whether the locks of this build list the blobs that the registry of a site has after the image was loaded
     * there, so a lock takes the place of the image as the {@linkplain DeltaBase#of(io.sealos.images.ImageLock) base of
     * a delta image}. Blobs in {@code registry/} of the context are listed as well, but not those of a base image in
     * FROM. Default: false.
     *
     * @param list {@code true} to list them; no effect with {@code saveImages(false)}
     * @return this builder
     */
    public ClusterImageBuilder lockBlobs(boolean list) {
        settings.lockBlobs = list;
        return self();
    }

    /**
     * Sets the signatures that container images and base images must have. They are looked for when the images are
     * resolved, before layers are fetched and anything is written: by {@link ClusterImage#writeTo},
     * {@link ClusterImage#saveRegistry} and {@link ClusterImage#resolve}. All images that lack a signature are reported
     * together, by an {@link ImageSaveException}; it tells apart an image that is not signed, one that is signed by
     * another key, and one whose signatures a mirror does not have. With {@code offline(true)}, the signatures must be
     * in the content store. Default: no signature is needed.
     *
     * <p>The rules apply to images of any source, by the names with which they are saved. Base images that are read
     * from files that the caller has named are not covered. With {@link #referrers(boolean) referrers(true)}, the
     * signatures are saved with their images.
     *
     * @param policy the policy
     * @return this builder
     */
    public ClusterImageBuilder signatures(SignaturePolicy policy) {
        settings.signatures = policy.rules();
        return self();
    }

    /**
     * Signs the image when it is written. May be called several times, for several keys. Each key signs the digest of
     * the manifest or, if there are several platforms, that of the index and that of each manifest. Both forms are
     * written that cosign verifies: an image with simple signing, and a Sigstore bundle that refers to the signed
     * manifest. No transparency log and no certificate is involved, so verify with the public key: {@code cosign verify
     * --key cosign.pub --insecure-ignore-tlog registry.example/app:1.0}.
     *
     * <p>At a registry, the signatures have the tag {@code sha256-HEX.sig} and are referrers; a registry without
     * referrers gets the list with the tag {@code sha256-HEX}. Both are there before the tags of the image. In a layout
     * or archive, the signatures are blobs to which an annotation of the image in {@code index.json} leads, so that
     * engines still find a single image. The digest of the image is the same as without signatures.
     *
     * <p>A docker-archive and a daemon have no place for signatures; writing to them is refused.
     *
     * @param key the key
     * @return this builder
     */
    public ClusterImageBuilder sign(SigningKey key) {
        settings.signingKeys.add(Objects.requireNonNull(key, "key"));
        return self();
    }
}
