package io.sealos.oci.internal.store;

import io.sealos.internal.files.PlacedProblem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when an image cannot be used as it is stored. Contains the problem and a fix. */
public final class ImageProblemException extends IOException implements PlacedProblem {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    public ImageProblemException(String problem, String fix) {
        this(problem, fix, null);
    }

    /** Creates an exception with a cause. */
    public ImageProblemException(String problem, String fix, @Nullable Throwable cause) {
        super(problem + "; " + fix, cause);
        this.problem = problem;
        this.fix = fix;
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public String fix() {
        return fix;
    }
}
