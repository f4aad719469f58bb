package io.sealos.oci;

import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Thrown when images could not be saved, or base images not be fetched. Lists all of them, not only the first; nothing
 * was written.
 */
public final class ImageSaveException extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Failure> failures;

    /**
     * Creates an exception whose message lists all failures.
     *
     * @param failures the images that could not be saved
     * @param asked the number of images that were to be saved
     */
    public ImageSaveException(List<Failure> failures, int asked) {
        super(message(failures, asked));
        this.failures = List.copyOf(failures);
    }

    private static String message(List<Failure> failures, int asked) {
        long images = failures.stream()
                .map(failure -> failure.image() + " " + failure.askedAt())
                .distinct()
                .count();
        return images + " of " + asked + " images could not be saved:\n"
                + Printable.lines(
                        failures.stream().map(failure -> "  " + failure).toList());
    }

    /** {@return the images that could not be saved, in the order in which they were found} */
    public List<Failure> failures() {
        return failures;
    }

    /**
     * An image that could not be saved.
     *
     * @param image the image as it was asked for
     * @param askedAt where it was asked for, such as {@code manifests/pod.yaml:8}
     * @param host the host that was asked; empty if none was
     * @param status the HTTP status; 0 if there was no answer
     * @param problem the problem
     * @param hint how it can be fixed; empty if that is not known
     */
    public record Failure(String image, String askedAt, String host, int status, String problem, String hint)
            implements Serializable {
        /** Replaces control characters in problem and hint, and cuts them where they are too long for a message. */
        public Failure {
            problem = Printable.message(problem);
            hint = Printable.message(hint);
        }

        /** {@return the failure on one line} */
        @Override
        public String toString() {
            return image + " (" + askedAt + "): " + problem + (hint.isEmpty() ? "" : "; " + hint);
        }
    }
}
