package io.sealos.oci.testing;

import io.sealos.images.ImageDiff;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link ImageDiff}. Names of images may have any form, such as {@code nginx:1.25}.
 *
 * @since 0.1.0
 */
public final class DiffAssert extends AbstractAssert<DiffAssert, ImageDiff> {
    DiffAssert(ImageDiff actual) {
        super(actual, DiffAssert.class);
    }

    /**
     * Verifies that nothing has changed.
     *
     * @return this assertion object
     */
    public DiffAssert isEmpty() {
        isNotNull();
        Assertions.assertThat(actual.changes()).as("changes of images").isEmpty();
        return this;
    }

    /**
     * Verifies that exactly the given images were added, in any order. An image that replaced another tag of its
     * repository is not one of them; see {@link #retags}.
     *
     * @param references the names of the images; none if no image was added
     * @return this assertion object
     */
    public DiffAssert adds(String... references) {
        return hasImages("images that were added", after(ImageDiff.Kind.ADDED), references);
    }

    /**
     * Verifies that exactly the given images were removed, in any order. An image that was replaced by another tag of
     * its repository is not one of them; see {@link #retags}.
     *
     * @param references the names of the images; none if no image was removed
     * @return this assertion object
     */
    public DiffAssert removes(String... references) {
        return hasImages(
                "images that were removed", images(ImageDiff.Change::before, ImageDiff.Kind.REMOVED), references);
    }

    /**
     * Verifies that a tag of a repository was replaced by another one.
     *
     * @param before the name of the earlier image
     * @param after the name of the later image
     * @return this assertion object
     */
    public DiffAssert retags(String before, String after) {
        isNotNull();
        List<ImageReference> earlier = named(before);
        List<ImageReference> later = named(after);
        Assertions.assertThat(actual.changes(ImageDiff.Kind.RETAGGED))
                .as("tags that were replaced")
                .anyMatch(change -> references(change.before().stream()).containsAll(earlier)
                        && references(change.after().stream()).containsAll(later));
        return this;
    }

    /**
     * Verifies that exactly the given images, in any order, have the same tag and another digest, or other platforms.
     *
     * @param references the names of the images; none if no image changed under its tag
     * @return this assertion object
     */
    public DiffAssert changes(String... references) {
        return hasImages(
                "images that changed under the same tag",
                after(ImageDiff.Kind.DIGEST_CHANGED, ImageDiff.Kind.PLATFORMS_CHANGED),
                references);
    }

    private DiffAssert hasImages(String description, List<ImageReference> images, String... references) {
        Assertions.assertThat(images).as(description).containsExactlyInAnyOrderElementsOf(named(references));
        return this;
    }

    private List<ImageReference> after(ImageDiff.Kind... kinds) {
        return images(ImageDiff.Change::after, kinds);
    }

    private List<ImageReference> images(
            Function<ImageDiff.Change, List<ImageDiff.Image>> side, ImageDiff.Kind... kinds) {
        isNotNull();
        return references(Stream.of(kinds)
                .flatMap(kind -> actual.changes(kind).stream())
                .flatMap(change -> side.apply(change).stream()));
    }

    private static List<ImageReference> references(Stream<ImageDiff.Image> images) {
        return images.map(ImageDiff.Image::reference).distinct().toList();
    }

    /** Returns the names as a difference has them, with the tag {@code latest} where there is none. */
    private static List<ImageReference> named(String... names) {
        return ImageNames.tagged(names).stream()
                .map(ImageReference::withDefaultTag)
                .toList();
    }
}
