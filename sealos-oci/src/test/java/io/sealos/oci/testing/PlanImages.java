package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the images of a plan into a registry, as samples. */
final class PlanImages {
    private final InProcessRegistry registry;
    private final BuildPlan plan;
    private final Map<ImageReference, Digest> known = new HashMap<>();
    private final ImageOwners owners;

    PlanImages(InProcessRegistry registry, BuildPlan plan, ImageOwners owners) {
        this.registry = registry;
        this.plan = plan;
        this.owners = owners;
    }

    Map<ImageReference, Digest> put() throws IOException {
        List<String> refusals = new ArrayList<>();
        plan.images()
                .forEach(image -> refusal(image)
                        .ifPresent(it -> refusals.add(
                                "\n  " + image + " (" + String.join(", ", plan.askedAt(image)) + "): " + it)));
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(refusals.size() + " of the "
                    + plan.images().size() + " images of the plan cannot be put as samples, and none was put:"
                    + String.join("", refusals));
        }
        SampleImage form =
                SampleImage.of(plan.platforms().stream().map(Platform::toString).toArray(String[]::new));
        Map<ImageReference, Digest> digests = new LinkedHashMap<>();
        for (ImageReference image : plan.images()) {
            Digest kept = known.get(image);
            digests.put(image, kept == null ? registry.putImage(image.toString(), form) : kept);
        }
        return Collections.unmodifiableMap(digests);
    }

    /** Returns the reason why an image cannot be put; empty if it can, or if the registry has it. */
    private Optional<String> refusal(ImageReference image) {
        Optional<String> taken = owners.claim(image);
        Optional<Digest> digest = taken.isEmpty() ? registry.digest(image) : Optional.empty();
        digest.ifPresent(it -> known.put(image, it));
        boolean isForeign =
                taken.isEmpty() && digest.isEmpty() && image.digest().isPresent();
        return isForeign
                ? Optional.of("a sample does not have this digest; put the image itself before, with putBlob and"
                        + " putManifest, or name it by the digest of a sample")
                : taken;
    }
}
