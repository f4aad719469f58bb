package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.source.SiteNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images under the names that they have at a site, where all are served by one registry. */
final class SiteImages {
    private static final String HOST = "sealos.hub:5000/";

    private SiteImages() {}

    /**
     * {@return the images of a registry directory}
     *
     * @throws IOException if one has a name that no registry serves
     */
    static List<ImageDiff.Image> of(List<ContainedImage> contained) throws IOException {
        List<ImageDiff.Image> images = new ArrayList<>();
        for (ContainedImage image : contained) {
            images.add(new ImageDiff.Image(reference(image.name()), Optional.of(image.digest()), image.platforms()));
        }
        return images;
    }

    private static ImageReference reference(String name) throws IOException {
        try {
            return ImageReference.parse(HOST + name);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "registry/ contains an image with the name '" + Printable.of(name)
                            + "', which no registry serves; rename or remove it",
                    e);
        }
    }

    /** {@return the images of a lock for a platform} */
    static List<ImageDiff.Image> of(ImageLock lock, Platform platform) {
        return named(
                lock.entries().stream()
                        .filter(entry -> entry.platforms().contains(platform))
                        .map(entry ->
                                new ImageDiff.Image(entry.reference(), Optional.of(entry.digest()), List.of(platform)))
                        .toList(),
                platform);
    }

    /**
     * {@return images of a build for a platform} A registry directory has an image that is referred to by its digest
     * only once if a tag points to it, too.
     */
    static List<ImageDiff.Image> named(Collection<ImageDiff.Image> images, Platform platform) {
        Set<String> tagged = new HashSet<>();
        images.stream()
                .filter(image -> image.reference().tag().isPresent())
                .forEach(image -> image.digest().ifPresent(digest -> tagged.add(byDigest(image, digest))));
        return images.stream()
                .filter(image ->
                        image.platforms().isEmpty() || image.platforms().contains(platform))
                .filter(image -> image.reference().tag().isPresent()
                        || image.digest()
                                .filter(digest -> tagged.contains(byDigest(image, digest)))
                                .isEmpty())
                .map(image -> new ImageDiff.Image(atSite(image.reference()), image.digest(), List.of()))
                .toList();
    }

    private static String byDigest(ImageDiff.Image image, Digest digest) {
        return SiteNames.repository(image.reference()) + "@" + digest;
    }

    private static ImageReference atSite(ImageReference reference) {
        String name = HOST + SiteNames.repository(reference);
        return ImageReference.parse(reference
                .tag()
                .map(tag -> name + ":" + tag)
                .orElseGet(() ->
                        name + reference.digest().map(digest -> "@" + digest).orElse("")));
    }

    /** {@return images without their platforms, to be compared with those for one platform} */
    static List<ImageDiff.Image> withoutPlatforms(List<ImageDiff.Image> images) {
        return images.stream()
                .map(image -> new ImageDiff.Image(image.reference(), image.digest(), List.of()))
                .toList();
    }
}
