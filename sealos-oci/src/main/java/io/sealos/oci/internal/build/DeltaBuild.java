package io.sealos.oci.internal.build;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.Site;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.inspect.DeltaBases;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.source.SiteNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The conditions under which a delta image can be built. */
final class DeltaBuild {
    private static final String PLACE = "delta";

    private DeltaBuild() {}

    /** {@return the bases of an image for the given platforms} */
    static DeltaBases bases(List<SiteBlobs> bases, List<Platform> platforms) {
        return new DeltaBases(bases, platforms, Site.ofAnyHost().hosts());
    }

    /**
     * Checks that a delta image can be built, if there are bases.
     *
     * @throws BuildRefusedException if a platform has no base, or the image is not an application
     */
    static void check(List<SiteBlobs> bases, List<PlatformEvaluation> evaluations) {
        if (bases.isEmpty()) {
            return;
        }
        List<SealosException.Part> problems = new ArrayList<>();
        for (PlatformEvaluation evaluated : evaluations) {
            checkType(ImageType.of(evaluated.evaluation().config().labels())).ifPresent(problems::add);
            if (bases(bases, List.of()).of(evaluated.platform()).isEmpty()) {
                problems.add(new SealosException.Part(
                        PLACE,
                        "none of the bases is for " + evaluated.platform(),
                        "add a base for this platform, or build a full image for it"));
            }
        }
        if (!problems.isEmpty()) {
            throw new BuildRefusedException(problems.stream().distinct().toList());
        }
    }

    /**
     * {@return the notice that a delta image will spare nothing, because no base has a repository of its images; empty
     * if it may spare something, or it is a full image}
     *
     * @param images the images that will be saved
     * @param hasRegistry whether the context has images of its own
     */
    static Optional<String> notice(List<SiteBlobs> bases, Set<ImageReference> images, boolean hasRegistry) {
        boolean shares = images.stream()
                .map(SiteNames::repository)
                .anyMatch(
                        name -> bases.stream().anyMatch(base -> base.inventory().has(name)));
        return bases.isEmpty() || images.isEmpty() || hasRegistry || shares
                ? Optional.empty()
                : Optional.of("nothing is spared: no base has a repository of the images that are saved; name the image"
                        + " that the site has, or build a full image");
    }

    private static Optional<SealosException.Part> checkType(Optional<ImageType> type) {
        return type.filter(ImageType.APPLICATION::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new SealosException.Part(
                        PLACE,
                        "an image of the type " + type.map(ImageType::label).orElse("that its label has")
                                + " cannot be a delta, because sealos runs none of its commands before it needs the"
                                + " images",
                        "build a full image, or an application"));
    }
}
