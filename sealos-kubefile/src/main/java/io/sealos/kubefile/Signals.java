package io.sealos.kubefile;

import java.util.Locale;
import java.util.Set;

/** The signals that STOPSIGNAL takes. */
final class Signals {
    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUF", "BUG", "BUS", "CHLD", "CLD", "CONT", "EMT", "FPE", "HUP", "ILL", "INFO", "INT", "IO",
            "IOT", "KILL", "LWP", "PIPE", "POLL", "PROF", "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP",
            "SYS", "TERM", "THR", "TRAP", "TSTP", "TTIN", "TTOU", "UNUSED", "URG", "USR1", "USR2", "VTALRM", "WINCH",
            "XCPU", "XFSZ");

    private Signals() {}

    static boolean isKnown(String signal) {
        if (signal.matches("[+-]?[0-9]{1,18}")) {
            return Long.parseLong(signal) != 0;
        }
        String upper = signal.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return NAMES.contains(name) || isRealTime(name);
    }

    private static boolean isRealTime(String name) {
        return name.matches("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");
    }
}
