package io.sealos.layout;

import io.sealos.images.ImageScanner;
import io.sealos.images.ScanSession;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.BuildOptions;
import io.sealos.layout.internal.rule.StandardRules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Validates context directories by rules about what sealos does with them. Findings are reported, and never thrown as
 * an exception. Immutable, and thread-safe if the checks of custom rules are.
 *
 * @since 0.1.0
 */
public final class LayoutValidator {
    private final List<LayoutRule> rules;
    private final Baseline baseline;
    private final CleanFiles known;
    private final ImageScanner scanner;

    private LayoutValidator(Builder builder) {
        this.rules = List.copyOf(builder.rules.values());
        this.baseline = builder.baseline;
        this.known = builder.known;
        this.scanner = builder.scanner;
    }

    /** {@return a validator with all rules of this module} */
    public static LayoutValidator standard() {
        return builder().build();
    }

    /** {@return a builder initialized with all rules of this module} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder initialized with the settings of this validator} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the rules in the order of the rule table, then those of the caller} */
    public List<LayoutRule> rules() {
        return rules;
    }

    /**
     * Validates a directory. Its manifests are read and its charts are rendered to find the images.
     *
     * @param contextDirectory the directory with the Kubefile
     * @return the report
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and no process of the
     *     chart engine is left
     * @throws IOException if it is not a directory
     */
    public LayoutReport validate(Path contextDirectory) throws IOException {
        return validate(contextDirectory, scanner);
    }

    /**
     * Validates several directories, one after the other, with one chart engine for all of them. The reports are those
     * of {@link #validate(Path)}; {@link LayoutReport#merged} combines them into one report.
     *
     * @param contextDirectories the directories with the Kubefiles
     * @return the report of each directory, in the order of the directories
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IOException if one of them is not a directory
     */
    public Map<Path, LayoutReport> validateAll(Collection<Path> contextDirectories) throws IOException {
        return validateAll(contextDirectories, (directory, report) -> {});
    }

    /**
     * Validates several directories like {@link #validateAll(Collection)}, and passes on each report when it is there,
     * such as to show the progress.
     *
     * @param contextDirectories the directories with the Kubefiles
     * @param done is called by this thread after each directory, with its report; an exception ends the validation
     * @return the report of each directory, in the order of the directories
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IOException if one of them is not a directory
     */
    public Map<Path, LayoutReport> validateAll(Collection<Path> contextDirectories, BiConsumer<Path, LayoutReport> done)
            throws IOException {
        Map<Path, LayoutReport> reports = new LinkedHashMap<>();
        try (ScanSession session = scanner.openSession()) {
            for (Path directory : contextDirectories) {
                LayoutReport report = validate(directory, session.scanner());
                reports.put(directory, report);
                done.accept(directory, report);
            }
        }
        return Collections.unmodifiableMap(reports);
    }

    private LayoutReport validate(Path contextDirectory, ImageScanner images) throws IOException {
        try {
            return validate(ClusterImageLayout.open(contextDirectory, BuildOptions.defaults(), images));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof InterruptedIOException) {
                throw interrupted(contextDirectory, e);
            }
            throw e.getCause();
        } catch (ClosedByInterruptException e) {
            throw interrupted(contextDirectory, e);
        }
    }

    /** {@return an exception for an interrupt; the thread remains interrupted} */
    private static InterruptedIOException interrupted(Path directory, Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted =
                new InterruptedIOException("interrupted while " + Printable.of(directory.toString()) + " was checked");
        interrupted.initCause(cause);
        return interrupted;
    }

    /**
     * Validates a layout that is already open.
     *
     * @param layout the layout
     * @return the report
     * @throws UncheckedIOException with an {@link InterruptedIOException} if the thread is interrupted, whose status is
     *     kept, or if the directory no longer exists
     */
    public LayoutReport validate(ClusterImageLayout layout) {
        List<Finding> findings = new ArrayList<>();
        Map<LayoutRule, FindingSink> sinks = new LinkedHashMap<>();
        rules.forEach(rule -> sinks.put(rule, new FindingSink(layout, rule, findings)));
        sinks.forEach((rule, sink) -> rule.check().find(layout, sink));
        FileWalk files = new FileWalk(sinks, known);
        layout.walkCopied(files::visit);
        findings.sort(Finding.ORDER);
        return Suppressions.of(layout, rules, baseline).apply(findings).withCleanFiles(files.cleanFiles());
    }

    /** A builder of {@link LayoutValidator}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, LayoutRule> rules = new LinkedHashMap<>();
        private Baseline baseline = Baseline.EMPTY;
        private CleanFiles known = CleanFiles.NONE;
        private ImageScanner scanner = ImageScanner.builder().build();

        private Builder() {
            StandardRules.ALL.forEach(rule -> rules.put(rule.id(), rule));
        }

        private Builder(LayoutValidator validator) {
            validator.rules.forEach(rule -> rules.put(rule.id(), rule));
            this.baseline = validator.baseline;
            this.known = validator.known;
            this.scanner = validator.scanner;
        }

        /**
         * Adds a rule.
         *
         * @param rule the rule
         * @return this builder
         * @throws IllegalArgumentException if there is a rule with its id
         */
        public Builder rule(LayoutRule rule) {
            if (rules.putIfAbsent(rule.id(), rule) != null) {
                throw new IllegalArgumentException("there is a rule '" + rule.id() + "' already; give it another id");
            }
            return this;
        }

        /**
         * Sets the severity of a rule.
         *
         * @param ruleId the id of the rule
         * @param severity the new severity
         * @return this builder
         * @throws IllegalArgumentException if there is no such rule
         */
        public Builder severity(String ruleId, Severity severity) {
            Objects.requireNonNull(ruleId, "ruleId");
            Objects.requireNonNull(severity, "severity");
            rules.put(ruleId, existing(ruleId).withSeverity(severity));
            return this;
        }

        /**
         * Disables a rule.
         *
         * @param ruleId the id of the rule
         * @return this builder
         * @throws IllegalArgumentException if there is no such rule
         */
        public Builder disable(String ruleId) {
            Objects.requireNonNull(ruleId, "ruleId");
            rules.remove(existing(ruleId).id());
            return this;
        }

        /**
         * Accepts the findings of an earlier report of the same directory. A finding is the same if rule, path and
         * {@linkplain Finding#identity() identity} are equal, wherever it is in the file; of several equal findings, as
         * many are accepted as the report has. Those that a comment accepted are not part of the baseline. If it
         * accepts nothing, the {@link LayoutReport#notices()} say so. For {@linkplain LayoutReport#merged merged}
         * reports, whose paths begin elsewhere, use {@link LayoutReport#withBaseline}.
         *
         * @param jsonReport a report in the format {@link ReportFormat#JSON}
         * @return this builder
         * @throws IOException if the file cannot be read or is not such a report
         */
        public Builder baseline(Path jsonReport) throws IOException {
            this.baseline = Baseline.read(Objects.requireNonNull(jsonReport, "jsonReport"));
            return this;
        }

        /**
         * Skips the rules about contents ({@link LayoutRule#ofContents}) for files in which an earlier validation by
         * these rules found nothing, and which have not changed since. By default every file is read.
         *
         * @param record a file that {@link LayoutReport#writeCleanFiles} wrote and that only this user can write to; if
         *     the file is missing or is not such a record, no rule is skipped
         * @return this builder
         */
        public Builder cleanFiles(Path record) {
            Objects.requireNonNull(record, "record");
            this.known = CleanFiles.read(record);
            return this;
        }

        /**
         * Sets the scanner that finds the images of directories, such as the one of a {@link ScanSession}. The default
         * is a scanner with default settings.
         *
         * @param imageScanner the scanner
         * @return this builder
         */
        public Builder scanner(ImageScanner imageScanner) {
            this.scanner = Objects.requireNonNull(imageScanner, "imageScanner");
            return this;
        }

        /** {@return the validator} */
        public LayoutValidator build() {
            return new LayoutValidator(this);
        }

        private LayoutRule existing(String ruleId) {
            LayoutRule rule = rules.get(ruleId);
            if (rule == null) {
                throw new IllegalArgumentException(
                        "there is no rule '" + ruleId + "'; the rules are " + String.join(", ", rules.keySet()));
            }
            return rule;
        }
    }
}
