package io.sealos.images;

/** Thrown when a text is no lock file; has the place, the problem and the fix. */
public final class ImageLockException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;
    private final String fix;

    ImageLockException(String place, String problem, String fix) {
        super(place + ": " + problem + "; " + fix);
        this.place = place;
        this.problem = problem;
        this.fix = fix;
    }

    /** {@return the file or {@code lock}, and what is known of line or property, {@code lock: images[2].digest}} */
    public String place() {
        return place;
    }

    /** {@return what is wrong} */
    public String problem() {
        return problem;
    }

    /** {@return what to do about it} */
    public String fix() {
        return fix;
    }
}
