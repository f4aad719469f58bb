package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.InspectedImage;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions for {@link InspectedImage}. */
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
     * Verifies that {@code registry/} contains an image with the given name.
     *
     * @param name the name without a registry, such as {@code library/nginx:1.25}
     * @return this assertion object
     */
    public ImageAssert contains(String name) {
        isNotNull();
        Assertions.assertThat(actual.images())
                .extracting(ContainedImage::name)
                .as("images inside")
                .contains(name);
        return this;
    }

    /**
     * Verifies that {@code registry/} contains an image with the given name and digest.
     *
     * @param name the name without a registry, such as {@code library/nginx:1.25}
     * @param digest the expected digest of the manifest or index
     * @return this assertion object
     */
    public ImageAssert contains(String name, Digest digest) {
        contains(name);
        Assertions.assertThat(actual.images())
                .filteredOn(image -> image.name().equals(name))
                .extracting(ContainedImage::digest)
                .as("digest of " + name)
                .containsExactly(digest);
        return this;
    }
}
