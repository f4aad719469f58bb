package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the caller should know of how an image reaches the nodes of a site. */
final class ArrivalNotices {
    private static final String SHA256 = "sha256:";

    private final SaveRequest request;
    private final Platform platform;

    ArrivalNotices(SaveRequest request, Platform platform) {
        this.request = request;
        this.platform = platform;
    }

    /** Of a manifest, or of an index that is saved whole because the caller chose so. */
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
                        "has layers that are not compressed; sealos compresses them, so that nothing has this digest"
                                + " at the site",
                        "name its tag as well, or push it with compressed layers"));
    }

    /** Of an index that is saved whole, where that was not the caller's choice. */
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
                            + index.parts().size() + " bytes, of which " + platform + " has " + single.size(),
                    "name a tag as well, or choose " + platform + " by onePlatform"));
        }
        notices.addAll(ofRoot(index.parts()));
        return List.copyOf(notices);
    }

    /** Of an index that is saved for one platform; an obstacle kept it from being saved whole, if that was wanted. */
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
