package io.sealos.oci.internal.build;

import io.sealos.images.ScanProblem;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.IgnoreSyntaxException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The gaps of an inventory that the caller accepts. Immutable. */
public final class AcceptedGaps {
    public static final AcceptedGaps NONE = new AcceptedGaps(List.of());

    private final List<Predicate<ScanProblem>> accepted;

    private AcceptedGaps(List<Predicate<ScanProblem>> accepted) {
        this.accepted = accepted;
    }

    /** {@return these gaps, and all others} */
    public AcceptedGaps withAll() {
        return with(gap -> true);
    }

    /**
     * {@return these gaps, and those of a kind in the matching files}
     *
     * @param files a glob of paths relative to the context directory
     * @throws IllegalArgumentException if the kind is not a gap, or the glob is empty or malformed
     */
    public AcceptedGaps with(ScanProblem.Kind kind, String files) {
        if (!kind.isGap()) {
            throw new IllegalArgumentException(kind + " is not a kind of gap: it does not prevent a build");
        }
        IgnoreRules glob = glob(files);
        return with(gap -> gap.kind() == kind && glob.isExcluded(gap.file()));
    }

    private AcceptedGaps with(Predicate<ScanProblem> more) {
        return new AcceptedGaps(
                Stream.concat(accepted.stream(), Stream.of(more)).toList());
    }

    private static IgnoreRules glob(String files) {
        if (files.isBlank()) {
            throw new IllegalArgumentException("a glob of accepted gaps (acceptGaps) is empty; '**' means all files");
        }
        try {
            return IgnoreRules.parse(files);
        } catch (IgnoreSyntaxException e) {
            throw new IllegalArgumentException(
                    "a glob of accepted gaps (acceptGaps) is malformed: '" + files
                            + "'; close each [, and escape a literal one as \\[",
                    e);
        }
    }

    /** {@return those of the given gaps that are not accepted} */
    List<ScanProblem> open(List<ScanProblem> gaps) {
        return gaps.stream()
                .filter(gap -> accepted.stream().noneMatch(it -> it.test(gap)))
                .toList();
    }
}
