package io.sealos.images;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a text is not a valid inventory. The exception has the place, the problem and the fix.
 *
 * @since 0.1.0
 */
public final class ImageInventoryException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;
    private final String fix;

    ImageInventoryException(String place, String problem, String fix) {
        super(place + ": " + problem + "; " + fix);
        this.place = place;
        this.problem = problem;
        this.fix = fix;
    }

    /**
     * {@return the file, or {@code inventory} if there is none, with the line or the property if known, such as
     * {@code inventory: images[2].reference}}
     */
    public String place() {
        return place;
    }

    /** {@return a list with a single part, which consists of the place, the problem and the fix} */
    @Override
    public List<Part> parts() {
        return List.of(new Part(place, problem, fix));
    }

    /** {@return the problem} */
    public String problem() {
        return problem;
    }

    /** {@return the fix} */
    public String fix() {
        return fix;
    }
}
