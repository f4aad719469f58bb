package io.sealos.oci.internal.registrytree;

import io.sealos.images.Digest;
import io.sealos.oci.internal.source.ImageFetcher;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resolved image: its manifests and blobs with their sizes.
 *
 * @param request the request
 * @param fetcher fetches its blobs
 * @param root the digest that its name refers to
 * @param manifest the manifest for the platform, which is the root unless that is an index
 * @param whole whether the root is an index that is saved completely
 * @param manifests the sizes of the manifests in bytes
 * @param blobs the sizes of the blobs in bytes
 * @param tags the tags of its referrers
 * @param notices the notices for the caller
 */
public record ResolvedImage(
        SaveRequest request,
        ImageFetcher fetcher,
        Digest root,
        Digest manifest,
        boolean whole,
        Map<Digest, Long> manifests,
        Map<Digest, Long> blobs,
        Map<String, Digest> tags,
        List<SaveNotice> notices) {

    /**
     * Returns the digest that needs a digest tag: of an image that is referred to by digest, or of an index that keeps
     * its digest only if it is copied completely.
     *
     * @param hasItsTag whether the tag of the image points to it
     * @return the digest; empty if the image's own tag is enough
     */
    Optional<Digest> byDigest(boolean hasItsTag) {
        if (whole) {
            return Optional.of(root);
        }
        boolean lost = request.asked().digest().isPresent() && !hasItsTag;
        return request.isByDigestAlone() || lost ? Optional.of(manifest) : Optional.empty();
    }
}
