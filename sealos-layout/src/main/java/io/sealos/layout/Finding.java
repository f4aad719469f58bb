package io.sealos.layout;

import io.sealos.internal.text.Printable;
import io.sealos.internal.text.StableText;
import io.sealos.kubefile.SourcePosition;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.internal.report.Artifact;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a rule in a context directory, with its place, problem and fix.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Finding implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final SourcePosition TOP = new SourcePosition(1, 1);

    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::path)
            .thenComparing(finding -> finding.range().map(SourceRange::start).orElse(TOP))
            .thenComparing(Finding::ruleId)
            .thenComparing(Finding::message);

    private final LayoutRule rule;
    private final FindingPlace place;
    private final String message;
    private final String fix;
    private final @Nullable KubefileEdit edit;
    private final String identity;

    /** Creates a finding. Its identity is null if the message identifies it. */
    Finding(
            LayoutRule rule,
            FindingPlace place,
            String message,
            String fix,
            @Nullable KubefileEdit edit,
            @Nullable String identity) {
        this.rule = rule;
        this.place = place;
        this.message = Printable.message(message);
        this.fix = Printable.message(fix);
        this.edit = edit;
        this.identity = identity == null ? StableText.of(this.message) : Printable.message(identity);
    }

    /**
     * {@return this finding with a path that is relative to another directory}
     *
     * @param directory the path from there to the context directory; empty if they are the same
     */
    Finding within(String directory) {
        return new Finding(rule, place.within(directory), message, fix, edit, identity);
    }

    /** {@return the id of the rule, such as {@code registry-not-copied}} */
    public String ruleId() {
        return rule.id();
    }

    /** {@return the severity of the rule} */
    public Severity severity() {
        return rule.severity();
    }

    /**
     * {@return the file or directory, relative to the context directory, with slashes; {@code .} for the directory
     * itself}
     */
    public String path() {
        return place.path();
    }

    /** {@return the place within the file; empty if the finding is about the whole file} */
    public Optional<SourceRange> range() {
        return Optional.ofNullable(place.range());
    }

    /** {@return the problem, which is a clause without place and fix} */
    public String message() {
        return message;
    }

    /** {@return the fix, which is a clause in the imperative} */
    public String fix() {
        return fix;
    }

    /** {@return the change of the Kubefile that fixes the problem; empty if none is known} */
    public Optional<KubefileEdit> edit() {
        return Optional.ofNullable(edit);
    }

    /**
     * {@return the text that identifies this finding among those of its rule and {@link #path()}} It stays the same
     * when other lines of the file or other files change, so a finding with the same rule, path and identity as one of
     * an earlier report is that finding; of several with the same identity, as many as there were. It is the message
     * without the numbers of lines and columns in it ({@code pod.yaml:6:22}, {@code Kubefile:6}, {@code line 6}), or
     * what the rule {@linkplain FindingSink#withIdentity stated}.
     */
    public String identity() {
        return identity;
    }

    /** {@return the path, with line and column if known} */
    String place() {
        return place.toString();
    }

    /** {@return the file at which it is shown by programs that show only files} */
    Artifact artifact() {
        return place.artifact();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Finding that
                && ruleId().equals(that.ruleId())
                && severity().equals(that.severity())
                && path().equals(that.path())
                && range().equals(that.range())
                && message.equals(that.message)
                && fix.equals(that.fix)
                && identity.equals(that.identity)
                && Objects.equals(edit, that.edit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ruleId(), severity(), path(), range(), message, fix, edit);
    }

    /** {@return the finding as one line: {@code path:line:column: severity: message; fix [rule]}} */
    @Override
    public String toString() {
        return place + ": " + severity().name().toLowerCase(Locale.ROOT) + ": " + message + "; " + fix + " [" + ruleId()
                + "]";
    }
}
