package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.InspectedImage;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on an {@link InspectedImage}. */
public final class ImageAssert extends AbstractAssert<ImageAssert, InspectedImage> {
    ImageAssert(InspectedImage actual) {
        super(actual, ImageAssert.class);
    }

    /**
     * Verifies the kind of the image.
     *
     * @param type the kind
     * @return this
     */
    public ImageAssert hasType(ImageType type) {
        isNotNull();
        Assertions.assertThat(actual.type()).as("type").contains(type);
        return this;
    }

    /**
     * Verifies the value of a label.
     *
     * @param name the name of the label
     * @param value its value
     * @return this
     */
    public ImageAssert hasLabel(String name, String value) {
        isNotNull();
        Assertions.assertThat(actual.labels()).as("labels").containsEntry(name, value);
        return this;
    }

    /**
     * Verifies that sealos will run exactly these commands.
     *
     * @param commands the commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this
     */
    public ImageAssert runs(String... commands) {
        isNotNull();
        Assertions.assertThat(actual.commands()).as("commands that sealos runs").containsExactly(commands);
        return this;
    }

    /**
     * Verifies that {@code registry/} has an image under this name, such as {@code library/nginx:1.25}.
     *
     * @param name the name without a registry
     * @return this
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
     * Verifies that {@code registry/} has exactly this image under the name.
     *
     * @param name the name without a registry
     * @param digest the digest of its manifest or index
     * @return this
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
