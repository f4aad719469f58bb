package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.util.List;

/** The result of {@link RegistryVerifier}. Immutable and thread-safe. */
public final class RegistryReport {
    private final List<ImageReference> references;
    private final List<String> problems;
    private final List<String> notices;

    RegistryReport(List<ImageReference> references, List<String> problems, List<String> notices) {
        this.references = List.copyOf(references);
        this.problems = List.copyOf(problems);
        this.notices = List.copyOf(notices);
    }

    /** {@return the images that the application asks for} */
    public List<ImageReference> references() {
        return references;
    }

    /**
     * {@return the images and blobs that will be missing or wrong at the site, each with its place; empty for a valid
     * image}
     */
    public List<String> problems() {
        return problems;
    }

    /** {@return the images that nodes find by their tags, but not by the digests that are written} */
    public List<String> notices() {
        return notices;
    }

    /** {@return whether there is no problem} */
    public boolean isSelfSufficient() {
        return problems.isEmpty();
    }

    /**
     * {@return this report}
     *
     * @throws IOException if there is a problem; its message has all of them
     */
    public RegistryReport orThrow() throws IOException {
        if (!isSelfSufficient()) {
            throw new IOException("the image is not sufficient for itself:\n" + Printable.lines(problems));
        }
        return this;
    }

    /** {@return a line with the counts, and one more for each problem} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(references.size() + " images asked for, " + problems.size() + " problems");
        problems.forEach(problem -> text.append('\n').append(problem));
        return text.toString();
    }
}
