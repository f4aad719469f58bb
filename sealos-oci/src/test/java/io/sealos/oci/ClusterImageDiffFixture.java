package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Layouts that are compared. */
abstract class ClusterImageDiffFixture extends MergeFixture {
    /** The difference, which must be that of the other direction if it is reversed. */
    static ClusterImageDiff compare(OciLayout before, OciLayout after) throws IOException {
        ClusterImageDiff diff = ClusterImage.compare(before, after);
        ClusterImageDiff other = ClusterImage.compare(after, before);
        assertThat(diff.reversed()).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other.reversed()).isEqualTo(diff);
        return diff;
    }

    static List<String> lines(ClusterImageDiff diff) {
        return diff.toText().lines().toList();
    }
}
