package io.sealos.oci.internal.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Sizes and times as people read them: decimal units with three digits, as docker shows them. */
public final class Amounts {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
    private static final int THOUSAND = 1000;

    private Amounts() {}

    /** {@return a size, such as {@code 151 B}, {@code 2.07 kB} or {@code 193 MB}} */
    public static String size(long bytes) {
        int unit = unit(bytes);
        return inUnit(bytes, unit) + " " + UNITS.get(unit);
    }

    /** {@return a part of a size, such as {@code 120/193 MB}} */
    static String part(long done, long total) {
        int unit = unit(total);
        return inUnit(done, unit) + "/" + inUnit(total, unit) + " " + UNITS.get(unit);
    }

    /** {@return the largest unit in which the size, rounded to three digits, is at least 1} */
    private static int unit(long bytes) {
        int unit = 0;
        for (double rest = bytes; rest >= THOUSAND - 0.5 && unit < UNITS.size() - 1; rest /= THOUSAND) {
            unit++;
        }
        return unit;
    }

    private static String inUnit(long bytes, int unit) {
        if (unit == 0 || bytes == 0) {
            return Long.toString(bytes);
        }
        double value = bytes / Math.pow(THOUSAND, unit);
        int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** {@return a time, such as {@code 0.4 s}, {@code 42 s}, {@code 3 min 5 s} or {@code 1 h 2 min}} */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%d.%d s", seconds, time.toMillisPart() / 100);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
