package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Thrown when an image could not be pushed. The exception lists all parts that failed, not only the first. The registry
 * keeps the parts that arrived, so another push sends only the remaining parts. No tag points to an incomplete image.
 *
 * @since 0.1.0
 */
public final class ImagePushException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final String image;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Failure> failures;

    /**
     * Creates an exception whose message lists all failures. Parts that failed for the same reason share a line.
     *
     * @param target the repository and tag that were pushed to
     * @param failures the parts that failed
     */
    public ImagePushException(ImageReference target, List<Failure> failures) {
        super(message(target, failures));
        this.image = target.name();
        this.failures = List.copyOf(failures);
    }

    private static String message(ImageReference target, List<Failure> failures) {
        Map<String, List<Failure>> byReason = failures.stream()
                .collect(Collectors.groupingBy(Failure::reason, LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(reason -> "\n  " + parts(reason.getValue()) + ": " + reason.getKey())
                .collect(Collectors.joining("", target + " could not be pushed:", ""));
    }

    private static String parts(List<Failure> failures) {
        return failures.stream().map(Failure::part).collect(Collectors.joining(", "));
    }

    /** {@return the repository that was pushed to, such as {@code registry.example/team/app}} */
    public String image() {
        return image;
    }

    /** {@return the problem and the fix of each failure; the place is the repository and the part of the image} */
    @Override
    public List<Part> parts() {
        return failures.stream()
                .map(failure -> new Part(image + ", " + failure.part(), failure.problem(), failure.fix()))
                .toList();
    }

    /** {@return the parts that failed, in the order of the image} */
    public List<Failure> failures() {
        return failures;
    }

    /**
     * A part of the image that could not be pushed.
     *
     * @param part the digest of the blob or manifest, or {@code tag NAME}
     * @param host the host that the request was sent to; empty if there was none
     * @param status the HTTP status; 0 if there was no answer
     * @param problem the problem
     * @param fix how to fix the problem; empty if unknown
     */
    public record Failure(String part, String host, int status, String problem, String fix) implements Serializable {
        /**
         * Replaces control characters in the problem and the fix, and shortens them if they are too long for a message.
         *
         * @param part the digest of the blob or manifest, or {@code tag NAME}
         * @param host the host that the request was sent to; empty if there was none
         * @param status the HTTP status; 0 if there was no answer
         * @param problem the problem
         * @param fix how to fix the problem; empty if unknown
         */
        public Failure {
            problem = Printable.message(problem);
            fix = Printable.message(fix);
        }

        private String reason() {
            return problem + (fix.isEmpty() ? "" : "; " + fix);
        }

        /** {@return a description of the failure in one line} */
        @Override
        public String toString() {
            return part + ": " + reason();
        }
    }
}
