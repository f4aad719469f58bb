package io.sealos.oci.internal.push;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.client.TransferException;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An image that could not be pushed: all of its parts that failed, each with its reason. */
public final class UnpushedImageException extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Failure> failures;

    UnpushedImageException(String target, List<Failure> failures) {
        super(message(target, failures));
        this.failures = List.copyOf(failures);
    }

    public List<Failure> failures() {
        return failures;
    }

    /** Parts that failed for the same reason share a line. */
    private static String message(String target, List<Failure> failures) {
        Map<String, List<Failure>> byReason = failures.stream()
                .collect(Collectors.groupingBy(Failure::reason, LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(reason -> "\n  " + parts(reason.getValue()) + ": " + reason.getKey())
                .collect(Collectors.joining("", target + " could not be pushed:", ""));
    }

    private static String parts(List<Failure> failures) {
        return failures.stream().map(Failure::part).collect(Collectors.joining(", "));
    }

    /** One part that failed; host and hint are empty and the status is 0 where there is none. */
    public record Failure(String part, String host, int status, String problem, String hint) implements Serializable {
        public Failure {
            problem = Printable.message(problem);
            hint = Printable.message(hint);
        }

        static Failure of(String part, Exception cause) {
            return cause instanceof TransferException known
                    ? new Failure(part, known.host(), known.status(), known.problem(), known.hint())
                    : new Failure(part, "", 0, String.valueOf(cause.getMessage()), "");
        }

        String reason() {
            return problem + (hint.isEmpty() ? "" : "; " + hint);
        }

        @Override
        public String toString() {
            return part + ": " + reason();
        }
    }
}
