package io.sealos.layout;

import io.sealos.images.ScanProblem;
import io.sealos.internal.overlay.ReportedPath;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.internal.report.JsonReport;
import io.sealos.layout.internal.report.MarkdownReport;
import io.sealos.layout.internal.report.SarifReport;
import io.sealos.layout.internal.report.TextReport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report of the findings of rules in a context directory, sorted by path, place and rule.
 *
 * <p>Immutable and thread-safe. A report can be serialized, but its rules are written without their checks.
 *
 * @since 0.1.0
 */
public final class LayoutReport implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<LayoutRule> rules;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Finding> findings;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<SuppressedFinding> suppressed;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<ScanProblem> gaps;

    private final Origin origin;
    private final CleanFiles cleanFiles;

    LayoutReport(
            List<LayoutRule> rules,
            List<Finding> findings,
            List<SuppressedFinding> suppressed,
            List<ScanProblem> gaps,
            Origin origin) {
        this(rules, findings, suppressed, gaps, origin, CleanFiles.NONE);
    }

    private LayoutReport(
            List<LayoutRule> rules,
            List<Finding> findings,
            List<SuppressedFinding> suppressed,
            List<ScanProblem> gaps,
            Origin origin,
            CleanFiles cleanFiles) {
        this.rules = List.copyOf(rules);
        this.findings = List.copyOf(findings);
        this.suppressed = List.copyOf(suppressed);
        this.gaps = List.copyOf(gaps);
        this.origin = origin;
        this.cleanFiles = cleanFiles;
    }

    /**
     * The origin of a report.
     *
     * @param kubefile the Kubefile; null if there is none, or if there are several directories
     * @param directories the directories, relative to the common one; only {@code .} in the report of one directory
     * @param notices remarks about the report itself
     */
    record Origin(
            @Nullable Kubefile kubefile,
            @SuppressWarnings("serial") List<String> directories, // always one of List.copyOf, which can be serialized
            @SuppressWarnings("serial") List<String> notices) // always one of List.copyOf, which can be serialized
            implements Serializable {
        Origin {
            directories = List.copyOf(directories);
            notices = List.copyOf(notices);
        }

        static Origin of(@Nullable Kubefile kubefile) {
            return new Origin(kubefile, List.of(ReportedPath.SINGLE), List.of());
        }

        /** {@return this origin with another notice if there is one} */
        Origin withNotice(Optional<String> notice) {
            return new Origin(
                    kubefile,
                    directories,
                    Stream.concat(notices.stream(), notice.stream()).distinct().toList());
        }
    }

    /**
     * {@return the reports of several directories as one} Its paths are relative to a common directory, so that it can
     * be written as one text, JSON object, SARIF log or table with the places that a code host expects. The table of
     * several directories has a column with the directory of each finding. {@link #fixed()} is empty, because there are
     * several Kubefiles. A finding that the reports of a directory and of one within it have is kept once, that of the
     * inner one.
     *
     * @param root the common directory, such as that of the repository; it may be one of the directories
     * @param reports the report of each directory, as {@link LayoutValidator#validateAll} returns them. A context with
     *     files over a directory counts as that directory; one without a directory is given any path below the root. Of
     *     a directory with several reports, under different names, all findings are kept once
     * @throws IllegalArgumentException if a directory is not below the common one, or if it has files from memory only
     */
    public static LayoutReport merged(Path root, Map<Path, LayoutReport> reports) {
        Objects.requireNonNull(root, "root");
        return ReportMerge.merge(root, reports);
    }

    /**
     * {@return this report without the findings of an earlier one} They are {@linkplain #suppressed() accepted}
     * instead. A finding is the same if rule, path and {@linkplain Finding#identity() identity} are equal, wherever it
     * is in the file. Of several equal findings, as many are accepted as the earlier report has, the first ones.
     * Findings that a comment accepted in the earlier report are not among them. The earlier report has the paths of
     * this one: both are of one directory, or both are {@linkplain #merged merged} for the same root. If none of its
     * findings is in this report, the {@link #notices()} say so.
     *
     * @param jsonReport the earlier report, in the format {@link ReportFormat#JSON}
     * @throws IOException if the file cannot be read or is not such a report
     */
    public LayoutReport withBaseline(Path jsonReport) throws IOException {
        Baseline baseline = Baseline.read(jsonReport);
        Map<Boolean, List<Finding>> parts = findings.stream().collect(Collectors.partitioningBy(baseline.acceptor()));
        List<SuppressedFinding> accepted = Stream.concat(
                        suppressed.stream(),
                        parts.getOrDefault(true, List.of()).stream().map(it -> new SuppressedFinding(it, null)))
                .sorted(SuppressedFinding.ORDER)
                .toList();
        Optional<String> notice = parts.getOrDefault(true, List.of()).isEmpty()
                ? baseline.unused(origin.directories())
                : Optional.empty();
        return new LayoutReport(
                rules, parts.getOrDefault(false, List.of()), accepted, gaps, origin.withNotice(notice), cleanFiles);
    }

    LayoutReport withCleanFiles(CleanFiles clean) {
        return new LayoutReport(rules, findings, suppressed, gaps, origin, clean);
    }

    /** {@return the rules of the validation: the standard ones, then those of the caller} */
    public List<LayoutRule> rules() {
        return rules;
    }

    /** {@return the findings, sorted by path, place, rule and message; empty if there are none} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return the findings that are accepted by a comment in the file or by the baseline, sorted like the others} */
    public List<SuppressedFinding> suppressed() {
        return suppressed;
    }

    /**
     * {@return the gaps of the image inventory that no comment {@code # sealos-ignore: images-unreadable reason}
     * accepts, in the order of the scan} They do not depend on the rules and the baseline.
     */
    public List<ScanProblem> gaps() {
        return gaps;
    }

    /**
     * {@return remarks about the report itself, such as that a baseline accepts nothing because its paths begin at
     * another directory; usually empty}
     */
    public List<String> notices() {
        return origin.notices();
    }

    /** {@return the directories, relative to the common one; only {@code .} if there is one} */
    List<String> directories() {
        return origin.directories();
    }

    /** {@return the files in which the rules about contents found nothing} */
    CleanFiles cleanFiles() {
        return cleanFiles;
    }

    /**
     * Records the files in which the rules about contents found nothing, for
     * {@link LayoutValidator.Builder#cleanFiles}. The file appears under its name when it is complete. If it has the
     * same record already, only its time of modification is set.
     *
     * @param record the file to write, in a directory that exists
     * @throws IOException if it cannot be written
     */
    public void writeCleanFiles(Path record) throws IOException {
        if (Files.exists(record) && cleanFiles.equals(CleanFiles.read(record))) {
            Files.setLastModifiedTime(record, FileTime.from(Instant.now()));
        } else {
            cleanFiles.writeTo(record);
        }
    }

    /** {@return whether a finding is an {@link Severity#ERROR}} */
    public boolean hasErrors() {
        return has(Severity.ERROR);
    }

    /**
     * {@return whether there is a finding of this severity or a higher one}
     *
     * @param severity the lowest severity that counts
     */
    public boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
    }

    /**
     * {@return this report, if it has no errors}
     *
     * @throws LayoutException with all findings, if one is an error
     */
    public LayoutReport orThrow() {
        return orThrow(Severity.ERROR);
    }

    /**
     * {@return this report, if there is no finding of this severity or a higher one}
     *
     * @param severity the lowest severity that is refused
     * @throws LayoutException with all findings, if there is such a finding
     */
    public LayoutReport orThrow(Severity severity) {
        if (has(severity)) {
            throw new LayoutException(this, severity);
        }
        return this;
    }

    /**
     * {@return the Kubefile with the edits of the findings applied; empty if none has an edit} If edits overlap, only
     * the first is applied; validate the result to get the others.
     */
    public Optional<Kubefile> fixed() {
        Map<SourceRange, String> edits = new LinkedHashMap<>();
        List<SourceRange> taken = new ArrayList<>();
        for (Finding finding : findings) {
            finding.edit()
                    .filter(edit -> taken.stream().noneMatch(it -> overlap(it, edit.range())))
                    .ifPresent(edit -> {
                        taken.add(edit.range());
                        edits.put(edit.range(), edit.text());
                    });
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(origin.kubefile()).map(it -> it.edit(edits));
    }

    private static boolean overlap(SourceRange one, SourceRange other) {
        return one.sourceName().equals(other.sourceName())
                && one.start().compareTo(other.end()) <= 0
                && other.start().compareTo(one.end()) <= 0;
    }

    /**
     * Writes the report. Equal findings result in the same text.
     *
     * @param out the target; it is not closed
     * @param format the format
     * @throws IOException if writing fails
     */
    public void writeTo(Appendable out, ReportFormat format) throws IOException {
        switch (format) {
            case TEXT -> TextReport.write(findings, suppressed.size(), notices(), out);
            case JSON -> JsonReport.write(findings, suppressed, directories(), notices(), out);
            case SARIF -> SarifReport.write(this, Finding::artifact, out);
            case MARKDOWN -> MarkdownReport.write(findings, suppressed.size(), directories(), notices(), out);
            default -> throw new IllegalArgumentException("a report cannot be written as " + format);
        }
    }

    /** {@return the ids of the rules with their severities; their checks cannot be compared} */
    private Map<String, Severity> ruleLevels() {
        Map<String, Severity> levels = new LinkedHashMap<>();
        rules.forEach(rule -> levels.put(rule.id(), rule.severity()));
        return levels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayoutReport that
                && findings.equals(that.findings)
                && suppressed.equals(that.suppressed)
                && gaps.equals(that.gaps)
                && notices().equals(that.notices())
                && ruleLevels().equals(that.ruleLevels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(findings, suppressed, gaps);
    }

    /** {@return the numbers of findings on one line} */
    @Override
    public String toString() {
        return TextReport.summary(findings, suppressed.size());
    }
}
