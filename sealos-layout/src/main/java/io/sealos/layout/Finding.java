package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a rule found in a context directory: where, what, and how to mend it.
 *
 * <p>Immutable and thread-safe.
 */
public final class Finding {
    private final String ruleId;
    private final Severity severity;
    private final String path;
    private final @Nullable SourceRange range;
    private final String message;
    private final String fix;

    private Finding(LayoutRule rule, String path, @Nullable SourceRange range, String message, String fix) {
        this.ruleId = rule.id();
        this.severity = rule.severity();
        this.path = path;
        this.range = range;
        this.message = message;
        this.fix = fix;
    }

    static Finding at(LayoutRule rule, String path, String message, String fix) {
        return new Finding(rule, path, null, message, fix);
    }

    static Finding at(LayoutRule rule, String path, SourceRange range, String message, String fix) {
        return new Finding(rule, path, range, message, fix);
    }

    /** {@return the rule that found it, such as {@code registry-not-copied}} */
    public String ruleId() {
        return ruleId;
    }

    /** {@return how much it matters} */
    public Severity severity() {
        return severity;
    }

    /** {@return the file or folder, relative to the context directory, with slashes; {@code .} for the directory} */
    public String path() {
        return path;
    }

    /** {@return the place within the file, where there is one} */
    public Optional<SourceRange> range() {
        return Optional.ofNullable(range);
    }

    /** {@return what is wrong} */
    public String message() {
        return message;
    }

    /** {@return what to do about it} */
    public String fix() {
        return fix;
    }

    /** {@return the finding as one line: {@code path:line:column: severity: message; fix [rule]}} */
    @Override
    public String toString() {
        String place = range == null ? path : path + ":" + range.start();
        return place + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message + "; " + fix + " [" + ruleId
                + "]";
    }
}
