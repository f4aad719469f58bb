package io.sealos.images;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the gaps of two scans, in which their lines may have moved. */
final class DiffGaps {
    private DiffGaps() {}

    /** {@return the gaps that are not among others; of several equal ones, those beyond their number there} */
    static List<ScanProblem> without(Collection<ScanProblem> gaps, Collection<ScanProblem> others) {
        return select(gaps, others, false);
    }

    /** {@return the gaps that are among others; of several equal ones, as many as there} */
    static List<ScanProblem> within(Collection<ScanProblem> gaps, Collection<ScanProblem> others) {
        return select(gaps, others, true);
    }

    private static List<ScanProblem> select(
            Collection<ScanProblem> gaps, Collection<ScanProblem> others, boolean among) {
        Map<List<String>, Integer> left = new HashMap<>();
        others.forEach(it -> left.merge(it.identity(), 1, Integer::sum));
        List<ScanProblem> selected = new ArrayList<>();
        for (ScanProblem gap : gaps) {
            boolean known = left.merge(gap.identity(), -1, Integer::sum) >= 0;
            if (known == among) {
                selected.add(gap);
            }
        }
        return selected;
    }
}
