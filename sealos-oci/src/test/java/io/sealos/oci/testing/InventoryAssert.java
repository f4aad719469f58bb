package io.sealos.oci.testing;

import io.sealos.images.Confidence;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions for {@link ImageInventory}. Image names may have any form, such as {@code nginx:1.25}. */
public final class InventoryAssert extends AbstractAssert<InventoryAssert, ImageInventory> {
    InventoryAssert(ImageInventory actual) {
        super(actual, InventoryAssert.class);
    }

    /**
     * Verifies that exactly the given images would be saved, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public InventoryAssert finds(String... references) {
        isNotNull();
        Assertions.assertThat(actual.references())
                .as("images that would be saved")
                .containsExactlyInAnyOrderElementsOf(parsed(references));
        return this;
    }

    /**
     * Verifies that at least the given images would be saved, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public InventoryAssert findsAmongOthers(String... references) {
        isNotNull();
        Assertions.assertThat(actual.references())
                .as("images that would be saved")
                .containsAll(parsed(references));
        return this;
    }

    /**
     * Verifies that the given image is listed as possible, and would not be saved.
     *
     * @param reference the name of the image
     * @return this assertion object
     */
    public InventoryAssert findsPossible(String reference) {
        isNotNull();
        Assertions.assertThat(actual.references(Confidence.POSSIBLE))
                .as("images that are possible only")
                .containsAll(parsed(reference));
        Assertions.assertThat(actual.references())
                .as("images that would be saved")
                .doesNotContainAnyElementsOf(parsed(reference));
        return this;
    }

    /**
     * Verifies that the inventory has no problems.
     *
     * @return this assertion object
     */
    public InventoryAssert hasNoProblems() {
        isNotNull();
        Assertions.assertThat(actual.problems()).as("problems of the scan").isEmpty();
        return this;
    }

    private static List<ImageReference> parsed(String... references) {
        return Stream.of(references).map(ImageReference::parse).toList();
    }
}
