package io.sealos.images;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a text does not have the form of facts about an operator. The exception has the place, the problem and
 * the fix.
 *
 * @since 0.1.0
 */
public final class OperatorFactsException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;
    private final String fix;

    OperatorFactsException(String place, String problem, String fix) {
        super(place + ": " + problem + "; " + fix);
        this.place = place;
        this.problem = problem;
        this.fix = fix;
    }

    /** {@return the file, or {@code operator facts} if there is none, with the line if it is known} */
    public String place() {
        return place;
    }

    /** {@return the only part} */
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
