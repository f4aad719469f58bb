package io.sealos.internal.files;

import org.jspecify.annotations.Nullable;

/** An argument that is refused, of which the place is known. */
public final class PlacedArgumentException extends IllegalArgumentException implements PlacedProblem {
    private static final long serialVersionUID = 1L;

    private final PlacedMessage parts;

    private PlacedArgumentException(PlacedMessage parts, @Nullable Throwable cause) {
        super(parts.message(), cause);
        this.parts = parts;
    }

    /**
     * {@return an exception whose message is the place with the rest}
     *
     * @param place the file, image or host
     * @param rest the rest, which begins with a space or a colon, and ends with a fix after a semicolon, if there is
     *     one
     */
    public static PlacedArgumentException at(Object place, String rest) {
        return new PlacedArgumentException(PlacedMessage.of(place, rest), null);
    }

    /** {@return an exception with a cause} */
    public static PlacedArgumentException at(Object place, String rest, @Nullable Throwable cause) {
        return new PlacedArgumentException(PlacedMessage.of(place, rest), cause);
    }

    @Override
    public String place() {
        return parts.place();
    }

    @Override
    public String problem() {
        return parts.problem();
    }

    @Override
    public String fix() {
        return parts.fix();
    }
}
