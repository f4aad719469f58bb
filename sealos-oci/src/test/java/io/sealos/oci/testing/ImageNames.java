package io.sealos.oci.testing;

import io.sealos.images.ImageReference;
import io.sealos.images.SealosPlace;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Names of images as the assertions take them: in any form, such as {@code nginx:1.25}. */
final class ImageNames {
    private ImageNames() {}

    /** Returns each image once, with the tag {@code latest} if it has neither tag nor digest. */
    static List<ImageReference> tagged(Collection<ImageReference> images) {
        return images.stream().map(ImageReference::withDefaultTag).distinct().toList();
    }

    /** Returns the names with the tag {@code latest} if they have neither tag nor digest. */
    static List<ImageReference> tagged(String... names) {
        return tagged(Stream.of(names).map(ImageReference::parse).toList());
    }

    /** Returns the names without a registry, such as {@code library/nginx:1.25}, under which a site has the images. */
    static List<String> stored(String... names) {
        return Stream.of(names).map(ImageNames::stored).toList();
    }

    static String stored(String name) {
        ImageReference image = ImageReference.parse(name);
        SealosPlace place = SealosPlace.ofImage(name);
        String repository = place.repository().orElse(image.repository());
        return image.digest().isPresent() && image.tag().isEmpty()
                ? repository + "@" + image.digest().get()
                : repository + ":" + image.tag().orElse("latest");
    }
}
