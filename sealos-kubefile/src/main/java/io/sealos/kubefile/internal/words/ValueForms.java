package io.sealos.kubefile.internal.words;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of values that buildah checks: the signals of STOPSIGNAL, and the durations and numbers of HEALTHCHECK. */
public final class ValueForms {
    private static final Set<String> SIGNALS = Set.of(
            "ABRT", "ALRM", "BUF", "BUG", "BUS", "CHLD", "CLD", "CONT", "EMT", "FPE", "HUP", "ILL", "INFO", "INT", "IO",
            "IOT", "KILL", "LWP", "PIPE", "POLL", "PROF", "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP",
            "SYS", "TERM", "THR", "TRAP", "TSTP", "TTIN", "TTOU", "UNUSED", "URG", "USR1", "USR2", "VTALRM", "WINCH",
            "XCPU", "XFSZ");

    private static final Pattern DURATION =
            Pattern.compile("\\+?(?:(?:\\d++\\.?\\d*+|\\.\\d++)(?:ns|us|µs|μs|ms|s|m|h))++");

    private ValueForms() {}

    /** {@return whether the text is the name of a signal, with or without SIG, or a number other than 0} */
    public static boolean isSignal(String signal) {
        if (signal.matches("[+-]?[0-9]{1,18}")) {
            return Long.parseLong(signal) != 0;
        }
        String upper = signal.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return SIGNALS.contains(name) || isRealTime(name);
    }

    private static boolean isRealTime(String name) {
        return name.matches("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");
    }

    /** {@return whether the text is a duration of Go that is longer than 0, such as {@code 1m30s}} */
    public static boolean isPositiveDuration(String value) {
        return DURATION.matcher(value).matches() && value.chars().anyMatch(c -> c >= '1' && c <= '9');
    }

    /** {@return whether the text is a decimal number of at most nine digits that is larger than 0} */
    public static boolean isPositiveNumber(String value) {
        return value.matches("\\+?0*[1-9][0-9]{0,8}");
    }
}
