package io.sealos.images.internal.helm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lists the Kubernetes versions to try for a chart. Helm itself decides which of them the chart allows. */
final class KubernetesVersions {
    /** The message of Helm for a chart that does not allow a version. */
    static final String EXCLUDED = "which is incompatible with Kubernetes";

    private static final int NEWEST = 36;
    private static final int OLDEST = 8;
    /** The last patch release of each minor version, from 1.8. Versions that are still maintained are not listed. */
    private static final int[] LAST_PATCH = {
        15, 11, 13, 10, 10, 12, 10, 12, 15, 17, 20, 16, 15, 14, 17, 17, 17, 16, 15, 16, 15, 15, 14
    };

    private static final Pattern EXACT = Pattern.compile("(?<![\\d.])v?1\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");

    private record Version(int minor, int patch) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Comparator.comparingInt(Version::minor)
                    .thenComparingInt(Version::patch)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return "1." + minor + "." + patch;
        }
    }

    private KubernetesVersions() {}

    /**
     * {@return the requested version, then all others in descending order, including those that the constraint names}
     */
    static List<String> candidates(String wanted, String constraint) {
        TreeSet<Version> known = new TreeSet<>();
        for (int minor = OLDEST; minor <= NEWEST; minor++) {
            int index = minor - OLDEST;
            known.add(new Version(minor, index < LAST_PATCH.length ? LAST_PATCH[index] : 0));
        }
        EXACT.matcher(constraint).results().forEach(it -> addAround(known, it));
        Set<String> candidates = new LinkedHashSet<>(List.of(wanted));
        known.descendingSet().forEach(it -> candidates.add(it.toString()));
        return new ArrayList<>(candidates);
    }

    private static void addAround(Set<Version> known, MatchResult named) {
        int minor = Integer.parseInt(named.group(1));
        int patch = Integer.parseInt(named.group(2));
        known.add(new Version(minor, patch));
        known.add(new Version(minor, Math.max(patch - 1, 0)));
    }

    static List<String> notices(String wanted, String rendered) {
        return rendered.equals(wanted)
                ? List.of()
                : List.of("the chart excludes Kubernetes " + wanted + " and was rendered for " + rendered
                        + ", the highest version that it allows");
    }
}
