package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.command.Programs;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Limits the number of paths through a script, and collects the scripts that were not interpreted to their end. */
public final class Paths {
    private static final int MAX_PATHS = 64;
    /** The number of paths that are kept from each end of a longer list. */
    private static final int KEPT_PATHS = 4;

    /** The reason why a script was not interpreted to its end. */
    private record GivenUp(Kind kind, String message) {}

    private final ShellListener listener;
    private final Map<String, GivenUp> gaveUp = new LinkedHashMap<>();
    private boolean speaksOfInstalling;

    Paths(ShellListener listener) {
        this.listener = listener;
    }

    /** Records the text of a script. */
    void read(String text) {
        speaksOfInstalling |= Programs.areNamedIn(text);
    }

    /** {@return the states without duplicates; if there are more than 64, the first four and the last four of them} */
    List<ShellState> distinct(List<ShellState> states) {
        if (states.size() < 2) {
            return states;
        }
        Set<List<Object>> keys = new HashSet<>();
        List<ShellState> distinct = new ArrayList<>();
        for (ShellState state : states) {
            if (keys.add(state.key())) {
                distinct.add(state);
            }
        }
        if (distinct.size() > MAX_PATHS) {
            giveUp(distinct.get(0).source, Kind.UNREAD, "has more than " + MAX_PATHS + " paths; not all were followed");
            return extremes(distinct);
        }
        return distinct;
    }

    /** {@return the paths that took the most branches and those that took the fewest} */
    private static List<ShellState> extremes(List<ShellState> states) {
        List<ShellState> kept = new ArrayList<>(states.subList(0, KEPT_PATHS));
        kept.addAll(states.subList(states.size() - KEPT_PATHS, states.size()));
        return kept;
    }

    /** Records a script that was not interpreted to its end. Only the first gap is kept, else the first reason. */
    void giveUp(String source, Kind kind, String reason) {
        gaveUp.merge(
                source,
                new GivenUp(kind, "the shell script " + reason),
                (first, next) -> first.kind().isGap() || !next.kind().isGap() ? first : next);
    }

    /**
     * Reports the scripts that were not interpreted to their end, if any script that was read mentions a program that
     * installs charts, applies manifests or names images.
     */
    void reportGivenUp() {
        if (speaksOfInstalling) {
            gaveUp.forEach((source, it) -> listener.problem(it.kind(), source, 0, it.message()));
        }
    }
}
