package io.sealos.oci.internal.registrytree;

import io.sealos.images.Digest;
import io.sealos.oci.internal.source.ImageFetcher;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image consists of: its manifests and its blobs, each with its size.
 *
 * @param root what its name stands for
 * @param manifest the manifest for the platform; the root itself unless that is an index
 * @param whole whether the root is an index of which everything is there
 * @param tags of what refers to it
 * @param notices what the caller should know
 */
public record ResolvedImage(
        SaveRequest request,
        ImageFetcher source,
        Digest root,
        Digest manifest,
        boolean whole,
        Map<Digest, Long> manifests,
        Map<Digest, Long> blobs,
        Map<String, Digest> tags,
        List<SaveNotice> notices) {

    /**
     * What has to be copied under a tag of its own, because it is asked for by its digest, or because an index keeps
     * its digest only if it is copied as a whole; nothing if the tag of the image is enough, as long as it has it.
     */
    Optional<Digest> byDigest(boolean hasItsTag) {
        if (whole) {
            return Optional.of(root);
        }
        boolean lost = request.asked().digest().isPresent() && !hasItsTag;
        return request.isByDigestAlone() || lost ? Optional.of(manifest) : Optional.empty();
    }
}
