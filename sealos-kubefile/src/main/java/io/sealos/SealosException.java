package io.sealos;

import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.List;

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
     * @param place the file, line, image or option that has the problem; empty if there is none
     * @param problem the problem
     * @param fix how to fix the problem; empty if unknown
     */
    public record Part(String place, String problem, String fix) implements Serializable {
        /**
         * Replaces control characters.
         *
         * @param place the file, line, image or option that has the problem; empty if there is none
         * @param problem the problem
         * @param fix how to fix the problem; empty if unknown
         */
        public Part {
            place = Printable.message(place);
            problem = Printable.message(problem);
            fix = Printable.message(fix);
        }

        /** {@return the part in one line, as {@code place: problem; fix}} */
        @Override
        public String toString() {
            return (place.isEmpty() ? "" : place + ": ") + problem + (fix.isEmpty() ? "" : "; " + fix);
        }
    }
}
