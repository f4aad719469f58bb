package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.InspectedImage;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link InspectedImage}. Names of images may have any form, such as {@code nginx:1.25}; their
 * registries are not compared, since a site does not have them.
 *
 * @since 0.1.0
 */
public final class ImageAssert extends AbstractAssert<ImageAssert, InspectedImage> {
    ImageAssert(InspectedImage actual) {
        super(actual, ImageAssert.class);
    }

    /**
     * Verifies that the image has the given type.
     *
     * @param type the expected type
     * @return this assertion object
     */
    public ImageAssert hasType(ImageType type) {
        isNotNull();
        Assertions.assertThat(actual.type()).as("type").contains(type);
        return this;
    }

    /**
     * Verifies that the image has a label with the given value.
     *
     * @param name the name of the label
     * @param value the expected value
     * @return this assertion object
     */
    public ImageAssert hasLabel(String name, String value) {
        isNotNull();
        Assertions.assertThat(actual.labels()).as("labels").containsEntry(name, value);
        return this;
    }

    /**
     * Verifies that sealos will run exactly these commands.
     *
     * @param commands the expected commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this assertion object
     */
    public ImageAssert runs(String... commands) {
        isNotNull();
        Assertions.assertThat(actual.commands()).as("commands that sealos runs").containsExactly(commands);
        return this;
    }

    /**
     * Verifies that {@code registry/} contains exactly the given images, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public ImageAssert hasImages(String... references) {
        isNotNull();
        Assertions.assertThat(actual.images())
                .extracting(ContainedImage::name)
                .as("images inside")
                .containsExactlyInAnyOrderElementsOf(ImageNames.stored(references));
        return this;
    }

    /**
     * Verifies that {@code registry/} contains at least the given images, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public ImageAssert containsImages(String... references) {
        isNotNull();
        Assertions.assertThat(actual.images())
                .extracting(ContainedImage::name)
                .as("images inside")
                .containsAll(ImageNames.stored(references));
        return this;
    }

    /**
     * Verifies that {@code registry/} contains an image with the given name and digest.
     *
     * @param reference the name of the image
     * @param digest the expected digest of the manifest or index
     * @return this assertion object
     */
    public ImageAssert containsImage(String reference, Digest digest) {
        containsImages(reference);
        Assertions.assertThat(actual.images())
                .filteredOn(image -> image.name().equals(ImageNames.stored(reference)))
                .extracting(ContainedImage::digest)
                .as("digest of " + reference)
                .containsExactly(digest);
        return this;
    }
}
