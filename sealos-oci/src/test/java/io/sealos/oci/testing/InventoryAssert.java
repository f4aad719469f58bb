package io.sealos.oci.testing;

import io.sealos.images.Confidence;
import io.sealos.images.ImageInventory;
import io.sealos.images.ScanProblem;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link ImageInventory}. Names of images may have any form, such as {@code nginx:1.25}; {@code nginx}
 * is {@code nginx:latest}.
 *
 * @since 0.1.0
 */
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
    public InventoryAssert hasImages(String... references) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.references()))
                .as("images that would be saved")
                .containsExactlyInAnyOrderElementsOf(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that at least the given images would be saved, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public InventoryAssert containsImages(String... references) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.references()))
                .as("images that would be saved")
                .containsAll(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that the given image is listed as possible, and would not be saved.
     *
     * @param reference the name of the image
     * @return this assertion object
     */
    public InventoryAssert hasPossibleImage(String reference) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.references(Confidence.POSSIBLE)))
                .as("images that are possible only")
                .containsAll(ImageNames.tagged(reference));
        Assertions.assertThat(ImageNames.tagged(actual.references()))
                .as("images that would be saved")
                .doesNotContainAnyElementsOf(ImageNames.tagged(reference));
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

    /**
     * Verifies that no image can be missing: the scan has no gaps.
     *
     * @return this assertion object
     */
    public InventoryAssert isComplete() {
        isNotNull();
        Assertions.assertThat(actual.gaps()).as("gaps of the scan").isEmpty();
        return this;
    }

    /**
     * Verifies that the scan has a gap whose description contains the given text.
     *
     * @param part a part of the place or of the message, such as {@code charts/app}
     * @return this assertion object
     */
    public InventoryAssert hasGap(String part) {
        isNotNull();
        Assertions.assertThat(actual.gaps())
                .extracting(ScanProblem::toString)
                .as("gaps of the scan")
                .anyMatch(gap -> gap.contains(part));
        return this;
    }
}
