package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link ImageLock}. Names of images may have any form, such as {@code nginx:1.25}.
 *
 * @since 0.1.0
 */
public final class LockAssert extends AbstractAssert<LockAssert, ImageLock> {
    LockAssert(ImageLock actual) {
        super(actual, LockAssert.class);
    }

    /**
     * Verifies that the lock holds exactly the given images, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public LockAssert hasImages(String... references) {
        isNotNull();
        Assertions.assertThat(actual.entries())
                .extracting(ImageLock.Entry::reference)
                .as("images of the lock")
                .containsExactlyInAnyOrderElementsOf(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that the lock holds an image with the given digest.
     *
     * @param reference the name of the image
     * @param digest the expected digest of the manifest or index
     * @return this assertion object
     */
    public LockAssert containsImage(String reference, Digest digest) {
        isNotNull();
        Assertions.assertThat(actual.entries())
                .filteredOn(entry -> ImageNames.tagged(reference).contains(entry.reference()))
                .extracting(ImageLock.Entry::digest)
                .as("digest of " + reference)
                .containsExactly(digest);
        return this;
    }
}
