package io.sealos.oci;

import io.sealos.kubefile.SourceRange;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown where a build file asks for what cannot be built without a container: before anything is written. */
public final class BuildRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    BuildRefusedException(List<String> reasons) {
        super(reasons.stream().collect(Collectors.joining("\n")));
        this.reasons = List.copyOf(reasons);
    }

    /** {@return one line for each instruction that is refused: where it stands, and why} */
    public List<String> reasons() {
        return reasons;
    }

    static String reason(SourceRange range, String keyword, String why) {
        return range.sourceName().orElse("Kubefile") + ":" + range.start() + ": " + keyword + ": " + why;
    }
}
