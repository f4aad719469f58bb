package io.sealos.oci.internal.store;

import io.sealos.internal.files.PlacedProblem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when an image cannot be used as it is stored. Contains the problem and a fix. */
public final class ImageProblemException extends IOException implements PlacedProblem {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;
    private final String fix;

    public ImageProblemException(String problem, String fix) {
        this(problem, fix, null);
    }

    /** Creates an exception with a cause. */
    public ImageProblemException(String problem, String fix, @Nullable Throwable cause) {
        this("", problem, fix, cause);
    }

    private ImageProblemException(String place, String problem, String fix, @Nullable Throwable cause) {
        super(place + problem + "; " + fix, cause);
        this.place = place;
        this.problem = problem.strip();
        this.fix = fix;
    }

    /**
     * {@return an exception about a file}
     *
     * @param problem the problem, which begins with a space
     */
    public static ImageProblemException at(Object place, String problem, String fix) {
        return at(place, problem, fix, null);
    }

    /** {@return an exception about a file, with a cause} */
    public static ImageProblemException at(Object place, String problem, String fix, @Nullable Throwable cause) {
        return new ImageProblemException(place.toString(), problem, fix, cause);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public String problem() {
        return problem;
    }

    /** {@return the place and the problem} */
    public String placedProblem() {
        String message = getMessage();
        return message == null ? problem : message.substring(0, message.length() - "; ".length() - fix.length());
    }

    @Override
    public String fix() {
        return fix;
    }
}
