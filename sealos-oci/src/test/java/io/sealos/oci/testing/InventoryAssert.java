package io.sealos.oci.testing;

import io.sealos.images.Confidence;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on an {@link ImageInventory}; names may be written in any form, such as {@code nginx:1.25}. */
public final class InventoryAssert extends AbstractAssert<InventoryAssert, ImageInventory> {
    InventoryAssert(ImageInventory actual) {
        super(actual, InventoryAssert.class);
    }

    /**
     * Verifies that exactly these images would be saved, in any order.
     *
     * @param references their names
     * @return this
     */
    public InventoryAssert finds(String... references) {
        isNotNull();
        Assertions.assertThat(actual.references())
                .as("images that would be saved")
                .containsExactlyInAnyOrderElementsOf(parsed(references));
        return this;
    }

    /**
     * Verifies that these images would be saved, whatever else is.
     *
     * @param references their names
     * @return this
     */
    public InventoryAssert findsAmongOthers(String... references) {
        isNotNull();
        Assertions.assertThat(actual.references())
                .as("images that would be saved")
                .containsAll(parsed(references));
        return this;
    }

    /**
     * Verifies that the image is shown as possible, and would not be saved.
     *
     * @param reference its name
     * @return this
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
     * Verifies that everything could be read and rendered.
     *
     * @return this
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
