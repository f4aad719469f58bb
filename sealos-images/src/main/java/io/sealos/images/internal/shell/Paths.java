package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Limits the number of paths through a script, and collects the scripts that were not followed to their end. */
public final class Paths {
    private static final int MAX_PATHS = 64;
    /** How many paths of each end go on where there are more than these. */
    private static final int KEPT_PATHS = 4;

    /** Why a script was not followed to its end. */
    private record GivenUp(Kind kind, String message) {}

    private final ShellListener listener;
    private final Map<String, GivenUp> gaveUp = new LinkedHashMap<>();
    private boolean speaksOfInstalling;

    Paths(ShellListener listener) {
        this.listener = listener;
    }

    /** Takes note of the text of a script. */
    void read(String text) {
        speaksOfInstalling |= text.contains("helm") || text.contains("kubectl");
    }

    /** The states without duplicates; where there are more than 64, the first and the last four of them. */
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
            giveUp(
                    distinct.get(0).source,
                    Kind.READ_IN_PART,
                    "has more than " + MAX_PATHS + " paths; not all were followed");
            return extremes(distinct);
        }
        return distinct;
    }

    /** The paths that took the most branches and those that took the fewest; what is between them is left out. */
    private static List<ShellState> extremes(List<ShellState> states) {
        List<ShellState> kept = new ArrayList<>(states.subList(0, KEPT_PATHS));
        kept.addAll(states.subList(states.size() - KEPT_PATHS, states.size()));
        return kept;
    }

    /** Remembers a script that was not followed to its end; only the first reason counts. */
    void giveUp(String source, Kind kind, String reason) {
        gaveUp.putIfAbsent(source, new GivenUp(kind, "the shell script " + reason));
    }

    /** Reports the scripts that were given up, if any script that was read speaks of Helm or kubectl. */
    void reportGivenUp() {
        if (speaksOfInstalling) {
            gaveUp.forEach((source, it) -> listener.problem(it.kind(), source, 0, it.message()));
        }
    }
}
