package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.List;

/**
 * Thrown when images could not be saved, or when base images could not be fetched. The exception lists all of them, not
 * only the first. Nothing has been written.
 *
 * @since 0.1.0
 */
public final class ImageSaveException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Failure> failures;

    /**
     * Creates an exception whose message lists all failures.
     *
     * @param failures the images that could not be saved
     * @param asked the number of images that were requested
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

    /** {@return the problem and the fix of each failure; the place is the image and the place that requests it} */
    @Override
    public List<Part> parts() {
        return failures.stream()
                .map(failure -> new Part(failure.place(), failure.problem(), failure.fix()))
                .toList();
    }

    /** {@return the images that could not be saved, in the order in which they were found} */
    public List<Failure> failures() {
        return failures;
    }

    /**
     * An image that could not be saved.
     *
     * @param image the image as it was requested
     * @param askedAt the place that requests the image, such as {@code manifests/pod.yaml:8}
     * @param host the host that the request was sent to; empty if there was none
     * @param status the HTTP status; 0 if there was no answer
     * @param problem the problem
     * @param fix how to fix the problem; empty if unknown
     */
    public record Failure(String image, String askedAt, String host, int status, String problem, String fix)
            implements Serializable {
        /**
         * Replaces control characters in the problem and the fix, and shortens them if they are too long for a message.
         *
         * @param image the image as it was requested
         * @param askedAt the place that requests the image, such as {@code manifests/pod.yaml:8}
         * @param host the host that the request was sent to; empty if there was none
         * @param status the HTTP status; 0 if there was no answer
         * @param problem the problem
         * @param fix how to fix the problem; empty if unknown
         */
        public Failure {
            problem = Printable.message(problem);
            fix = Printable.message(fix);
        }

        private String place() {
            return image + " (" + askedAt + ")";
        }

        /** {@return a description of the failure in one line} */
        @Override
        public String toString() {
            return place() + ": " + problem + (fix.isEmpty() ? "" : "; " + fix);
        }
    }
}
