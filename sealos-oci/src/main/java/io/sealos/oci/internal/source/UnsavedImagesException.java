package io.sealos.oci.internal.source;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.client.TransferException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Thrown when images could not be saved: lists all of them, each with its reason. */
public final class UnsavedImagesException extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Failure> failures;

    public UnsavedImagesException(List<Failure> failures, int asked) {
        super(message(failures, asked));
        this.failures = List.copyOf(failures);
    }

    public List<Failure> failures() {
        return failures;
    }

    private static String message(List<Failure> failures, int asked) {
        long images = failures.stream()
                .map(failure -> failure.image() + " " + failure.askedAt())
                .distinct()
                .count();
        return images + " of " + asked + " images could not be saved:\n"
                + Printable.lines(failures.stream().map(Failure::toString).toList());
    }

    /** An image that could not be saved. Host and hint are empty and the status is 0 if there is none. */
    public record Failure(String image, String askedAt, String host, int status, String problem, String hint)
            implements Serializable {
        public Failure {
            problem = Printable.message(problem);
            hint = Printable.message(hint);
        }

        public static Failure of(SaveRequest request, Exception cause) {
            String image = request.reference().toString();
            if (cause instanceof TransferException known) {
                return new Failure(
                        image, request.askedAt(), known.host(), known.status(), known.problem(), known.hint());
            }
            return new Failure(image, request.askedAt(), "", 0, String.valueOf(cause.getMessage()), "");
        }

        @Override
        public String toString() {
            return "  " + image + " (" + askedAt + "): " + problem + (hint.isEmpty() ? "" : "; " + hint);
        }
    }
}
