package io.sealos.layout;

import io.sealos.layout.internal.report.JsonReport;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finding that is accepted by a comment or by the baseline, and therefore not reported. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SuppressedFinding implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Comparator<SuppressedFinding> ORDER = Comparator.comparing(SuppressedFinding::finding, Finding.ORDER);

    private final Finding finding;
    private final @Nullable String reason;

    SuppressedFinding(Finding finding, @Nullable String reason) {
        this.finding = Objects.requireNonNull(finding);
        this.reason = reason;
    }

    SuppressedFinding within(String directory) {
        return new SuppressedFinding(finding.within(directory), reason);
    }

    /** {@return the finding} */
    public Finding finding() {
        return finding;
    }

    /** {@return the reason in the comment; empty if the finding is accepted by the baseline} */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SuppressedFinding that
                && finding.equals(that.finding)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(finding, reason);
    }

    /** {@return the finding and the reason on one line} */
    @Override
    public String toString() {
        return finding + " (" + reason().orElse(JsonReport.IN_BASELINE) + ")";
    }
}
