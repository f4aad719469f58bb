package io.sealos.oci;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time that image and files carry: the caller's, or SOURCE_DATE_EPOCH, or 0. */
final class CreatedTime {
    static final String VARIABLE = "SOURCE_DATE_EPOCH";

    private CreatedTime() {}

    static long epochSecond(@Nullable Instant wanted) {
        return wanted != null ? wanted.getEpochSecond() : parse(System.getenv(VARIABLE));
    }

    static long parse(@Nullable String epoch) {
        if (epoch == null || epoch.isBlank()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(epoch.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    VARIABLE + " is '" + epoch + "'; it has to be a number of seconds since 1970", e);
        }
    }
}
