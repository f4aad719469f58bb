package io.sealos.oci.internal.build;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Determines the time of the image and its files: that of the caller, else SOURCE_DATE_EPOCH, else 0. */
public final class CreatedTime {
    private static final String VARIABLE = "SOURCE_DATE_EPOCH";

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private CreatedTime() {}

    /**
     * {@return the time in seconds since 1970}
     *
     * @throws IllegalStateException if the variable is malformed
     */
    public static long epochSecond(Optional<Instant> wanted) {
        return wanted.isPresent() ? wanted.get().getEpochSecond() : parse(System.getenv(VARIABLE));
    }

    /** {@return the seconds in a value of the variable; 0 if there is none} */
    public static long parse(@Nullable String epoch) {
        if (epoch == null || epoch.isBlank()) {
            return 0;
        }
        try {
            return checked(Instant.ofEpochSecond(Long.parseLong(epoch.strip()))).getEpochSecond();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException(
                    VARIABLE + " is '" + epoch + "'; it has to be a number of seconds since 1970", e);
        }
    }

    /**
     * {@return the time, which all documents and tars of an image can represent}
     *
     * @throws IllegalArgumentException if they cannot
     */
    public static Instant checked(Instant time) {
        if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
            throw new IllegalArgumentException(
                    "an image cannot carry the time " + time + "; it has to be from 1970 to 9999");
        }
        return time;
    }
}
