package io.sealos.oci.testing;

import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.VerificationReport;
import java.nio.file.Path;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for the directory of an OCI layout.
 *
 * @since 0.1.0
 */
public final class LayoutAssert extends AbstractAssert<LayoutAssert, Path> {
    LayoutAssert(Path actual) {
        super(actual, LayoutAssert.class);
    }

    /**
     * Verifies that the layout is valid according to {@link OciLayoutVerifier}.
     *
     * @return this assertion object
     */
    public LayoutAssert isValid() {
        Assertions.assertThat(report().mismatches())
                .as("mismatches of the layout")
                .isEmpty();
        return this;
    }

    /**
     * Verifies that the layout is valid and has the given number of images.
     *
     * @param count the expected number of images, counted for each platform
     * @return this assertion object
     */
    public LayoutAssert hasImageCount(int count) {
        isValid();
        Assertions.assertThat(report().images()).as("images of the layout").isEqualTo(count);
        return this;
    }

    private VerificationReport report() {
        isNotNull();
        return OciLayoutVerifier.verify(actual);
    }
}
