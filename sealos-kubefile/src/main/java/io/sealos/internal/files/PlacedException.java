package io.sealos.internal.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What cannot be read or written, of which the place is known. */
public final class PlacedException extends IOException implements PlacedProblem {
    private static final long serialVersionUID = 1L;

    private final PlacedMessage parts;

    private PlacedException(PlacedMessage parts, @Nullable Throwable cause) {
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
    public static PlacedException at(Object place, String rest) {
        return new PlacedException(PlacedMessage.of(place, rest), null);
    }

    /** {@return an exception with a cause} */
    public static PlacedException at(Object place, String rest, @Nullable Throwable cause) {
        return new PlacedException(PlacedMessage.of(place, rest), cause);
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
