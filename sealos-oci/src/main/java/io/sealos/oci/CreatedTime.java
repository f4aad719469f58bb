package io.sealos.oci;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time that image and files carry: the caller's, or SOURCE_DATE_EPOCH, or 0. */
final class CreatedTime {
    static final String VARIABLE = "SOURCE_DATE_EPOCH";

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private CreatedTime() {}

    static long epochSecond(@Nullable Instant wanted) {
        return wanted != null ? wanted.getEpochSecond() : parse(System.getenv(VARIABLE));
    }

    static long parse(@Nullable String epoch) {
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

    /** What the documents and the tars of an image can all say. */
    static Instant checked(Instant time) {
        if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
            throw new IllegalArgumentException(
                    "an image cannot carry the time " + time + "; it has to be from 1970 to 9999");
        }
        return time;
    }
}
