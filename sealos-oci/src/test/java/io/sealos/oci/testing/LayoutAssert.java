package io.sealos.oci.testing;

import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.VerificationReport;
import java.nio.file.Path;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on an OCI layout directory. */
public final class LayoutAssert extends AbstractAssert<LayoutAssert, Path> {
    LayoutAssert(Path actual) {
        super(actual, LayoutAssert.class);
    }

    /**
     * Verifies every digest, size and tar entry in it.
     *
     * @return this
     */
    public LayoutAssert isValid() {
        Assertions.assertThat(report().mismatches())
                .as("mismatches of the layout")
                .isEmpty();
        return this;
    }

    /**
     * Verifies that it is valid and has this many images.
     *
     * @param count the number of images, each platform counted
     * @return this
     */
    public LayoutAssert hasImages(int count) {
        isValid();
        Assertions.assertThat(report().images()).as("images of the layout").isEqualTo(count);
        return this;
    }

    private VerificationReport report() {
        isNotNull();
        return OciLayoutVerifier.verify(actual);
    }
}
