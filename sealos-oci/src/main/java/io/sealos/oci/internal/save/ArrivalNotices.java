package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates notices about images that the nodes of a site cannot pull as requested. */
final class ArrivalNotices {
    private static final String SHA256 = "sha256:";

    private final SaveRequest request;
    private final Platform platform;

    ArrivalNotices(SaveRequest request, Platform platform) {
        this.request = request;
        this.platform = platform;
    }

    /** Returns the notices for a manifest, or for an index that the caller has chosen to save completely. */
    List<SaveNotice> ofRoot(ImageContents parts) {
        if (!request.isByDigestAlone()) {
            return List.of();
        }
        if (!request.wanted().startsWith(SHA256)) {
            return List.of(notice(
                    true,
                    "has no sha256 digest, and the registry of a site knows images by no other",
                    "name its tag or its sha256 digest"));
        }
        return parts.plain().isEmpty()
                ? List.of()
                : List.of(notice(
                        true,
                        "has layers that are not compressed; sealos compresses them, so nothing has this digest"
                                + " at the site",
                        "name its tag as well, or push it with compressed layers"));
    }

    /** Returns the notices for an index that is saved completely although the caller has not chosen that. */
    List<SaveNotice> ofWhole(WholeIndex index, ImageContents single) {
        List<SaveNotice> notices = new ArrayList<>();
        boolean more = !single.manifests()
                .keySet()
                .containsAll(index.parts().manifests().keySet());
        if (more) {
            notices.add(notice(
                    false,
                    "is the digest of an index, which reaches the nodes only as a whole: it is saved for "
                            + String.join(", ", index.platforms()) + " with "
                            + Count.of(index.parts().size(), "byte") + ", of which " + platform + " has "
                            + single.size(),
                    "name a tag as well, or choose " + platform + " only (onePlatform)"));
        }
        notices.addAll(ofRoot(index.parts()));
        return List.copyOf(notices);
    }

    /**
     * Returns the notice for an artifact that is an index without platforms, of which a tag is copied as one manifest.
     */
    List<SaveNotice> ofUnsaid(Digest index) {
        return request.isByDigestAlone()
                ? List.of()
                : List.of(notice(
                        true,
                        "is an index without platforms, which is saved completely; at the site, its tag points to its"
                                + " first manifest",
                        "name its digest, " + index));
    }

    /**
     * Returns the notices for an index that is saved for one platform.
     *
     * @param obstacle the reason why it was not saved completely, if it should have been
     */
    List<SaveNotice> ofSingle(Optional<String> obstacle, Digest manifest) {
        if (obstacle.isEmpty() && !request.isByDigestAlone()) {
            return List.of();
        }
        return List.of(notice(
                true,
                "is an index of which " + platform + " alone is saved"
                        + obstacle.map(why -> ", because " + why).orElse("")
                        + ": nothing has the digest of the index at the site",
                "name a tag as well, or the digest for " + platform + ", " + manifest));
    }

    private SaveNotice notice(boolean warning, String message, String fix) {
        return new SaveNotice(request.asked(), request.askedAt(), warning, message, fix);
    }
}
