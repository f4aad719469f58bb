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
 * } catch (SealosException | IOException e) {
 *     SealosException.partsOf(e).forEach(part -> show(part.place(), part.problem(), part.fix()));
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
     * {@return the parts of an exception that a method of this library has thrown, or that wraps one} The parts of a
     * {@code SealosException} are {@link #parts}. An {@link java.io.IOException}, and an
     * {@link IllegalArgumentException} or {@link IllegalStateException}, has one part, whose problem and fix are those
     * of its message, and whose place is the file, image or host, as far as it is known separately. A wrapper such as
     * {@link java.util.concurrent.ExecutionException} or {@link java.io.UncheckedIOException} has the parts of its
     * cause. The parts of suppressed exceptions follow, such as those of a file that could not be deleted. An exception
     * of another kind without such a cause, such as a {@link NullPointerException}, has no parts: it is a fault of a
     * program.
     *
     * @param exception the exception
     */
    public static List<Part> partsOf(Throwable exception) {
        return List.copyOf(new ExceptionParts().of(Objects.requireNonNull(exception, "exception")));
    }

    /**
     * A problem with its place and its fix. Control characters are replaced, so each part can be printed.
     *
     * <p>A place in the context is {@code file:line:column} where a column is known, such as
     * {@code deploy/Kubefile:3:1}, {@code file:line} where only a line is known, and {@code file} otherwise; so are the
     * places of findings, problems and gaps. The file is its path relative to the context directory, with slashes.
     * Columns are known in build files. An image is known by the line that names it, such as
     * {@code manifests/pod.yaml:8}. The text of an instruction belongs to the problem, not to the place. The context
     * directory itself, and a file outside of it, have the path that the caller has given. The place of a file without
     * a name is {@code Kubefile}, or {@code the given files} for a context without a directory.
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
