package io.sealos;

import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The supertype of all exceptions that this library declares. Such an exception means that input was refused: a
 * Kubefile, a reference, a context directory, or the content or a response of a registry. It lists all problems that
 * were found, not only the first, each with its place and its fix.
 *
 * <pre>{@code
 * try {
 *     ClusterImage.builder().context(directory).tag(name).build().writeTo(target);
 * } catch (SealosException e) {
 *     e.parts().forEach(part -> show(part.place(), part.problem(), part.fix()));
 * } catch (IOException e) {
 *     show(e.getMessage());
 * }
 * }</pre>
 *
 * <p>It is unchecked. Besides these exceptions, methods throw an {@link java.io.IOException} if a file, archive, layout
 * or registry cannot be read or written, with its name in the message, and an {@link java.io.InterruptedIOException} if
 * they are interrupted. An invalid argument or call causes an {@link IllegalArgumentException},
 * {@link IllegalStateException} or {@link NullPointerException}.
 *
 * @since 0.1.0
 */
public abstract class SealosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the message, which lists all parts, or only the first ones if there are many
     */
    protected SealosException(String message) {
        super(message);
    }

    /** {@return the problems with their places and fixes, in the order in which they were found; at least one} */
    public abstract List<Part> parts();

    /**
     * A problem with its place and its fix. Control characters are replaced, so each part can be printed.
     *
     * <p>A place in the context is the path of the file relative to the context directory, with slashes, and where
     * known its line and column, such as {@code deploy/Kubefile:3:1}; so are the places of findings, problems and gaps.
     * The context directory itself, and a file outside of it, have the path that the caller has given. The place of a
     * file without a name is {@code Kubefile}, or {@code the given files} for a context without a directory.
     *
     * @param place the file, line, image or option that has the problem; empty if there is none
     * @param problem the problem; never empty
     * @param fix how to fix the problem; empty if unknown
     */
    public record Part(String place, String problem, String fix) implements Serializable {
        /**
         * Replaces control characters.
         *
         * @param place the file, line, image or option that has the problem; empty if there is none
         * @param problem the problem
         * @param fix how to fix the problem; empty if unknown
         * @throws NullPointerException if a component is null; the message has its name
         * @throws IllegalArgumentException if the problem is blank
         */
        public Part {
            place = Printable.message(Objects.requireNonNull(place, "place"));
            problem = Printable.message(Objects.requireNonNull(problem, "problem"));
            fix = Printable.message(Objects.requireNonNull(fix, "fix"));
            if (problem.isBlank()) {
                throw new IllegalArgumentException(
                        "a part of an exception has no problem; its place is '" + place + "'");
            }
        }

        /** {@return the part in one line, as {@code place: problem; fix}} */
        @Override
        public String toString() {
            return (place.isEmpty() ? "" : place + ": ") + problem + (fix.isEmpty() ? "" : "; " + fix);
        }
    }
}
