package io.sealos.oci.testing;

import io.sealos.oci.RegistryReport;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link RegistryReport}: whether everything that the application requests arrives at a site. Names of
 * images may have any form, such as {@code nginx:1.25}; {@code nginx} is {@code nginx:latest}.
 *
 * @since 0.1.0
 */
public final class ArrivalAssert extends AbstractAssert<ArrivalAssert, RegistryReport> {
    ArrivalAssert(RegistryReport actual) {
        super(actual, ArrivalAssert.class);
    }

    /**
     * Verifies that nothing will be missing or wrong at the site.
     *
     * @return this assertion object
     */
    public ArrivalAssert arrives() {
        isNotNull();
        Assertions.assertThat(actual.problems())
                .as("what is missing or wrong at the site")
                .isEmpty();
        return this;
    }

    /**
     * Verifies that the application requests exactly the given images, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public ArrivalAssert requestsImages(String... references) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.references()))
                .as("images that the application requests")
                .containsExactlyInAnyOrderElementsOf(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that there is a problem whose description contains the given text.
     *
     * @param part a part of the description, such as the name of an image
     * @return this assertion object
     */
    public ArrivalAssert hasProblem(String part) {
        isNotNull();
        Assertions.assertThat(actual.problems())
                .as("what is missing or wrong at the site")
                .anyMatch(problem -> problem.contains(part));
        return this;
    }
}
