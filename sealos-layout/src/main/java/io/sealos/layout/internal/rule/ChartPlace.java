package io.sealos.layout.internal.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.ScanProblem;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of a problem of a scan. A problem of a chart directory is at the file of the chart that the message of Helm
 * names as the cause, at the line and column that the message gives. A problem of a packaged chart is at the archive.
 *
 * @param path the file or directory, relative to the context directory
 * @param range the place within the file; null if it is not known
 */
public record ChartPlace(String path, @Nullable SourceRange range) {
    private static final Pattern NAMED_FILE = Pattern.compile("([\\w.+@/-]+\\.\\w+)(?::(\\d{1,9})(?::(\\d{1,9}))?)?");
    private static final String ACTION_END = "}}";

    /** {@return the place of a problem} */
    public static ChartPlace of(ClusterImageLayout layout, ScanProblem problem) {
        ChartPlace whole = new ChartPlace(
                problem.file(), Lines.of(layout, problem.file(), problem.line()).orElse(null));
        boolean chart = problem.line() == 0
                && layout.file(problem.file() + "/Chart.yaml")
                        .filter(ContextFile::isFile)
                        .isPresent();
        return chart ? named(layout, problem.file(), problem.message()).orElse(whole) : whole;
    }

    /**
     * {@return the place that the message names last, because a later one is the cause of the earlier ones} Names
     * without a line only count if none has one, since Helm repeats the name of a template without it.
     */
    private static Optional<ChartPlace> named(ClusterImageLayout layout, String chart, String message) {
        ChartPlace last = null;
        boolean hasLine = false;
        Matcher names = NAMED_FILE.matcher(message);
        while (names.find()) {
            Optional<ContextFile> file = file(layout, chart, names.group(1));
            boolean withLine = names.group(2) != null;
            if (file.isPresent() && (withLine || !hasLine)) {
                hasLine |= withLine;
                last = new ChartPlace(file.get().path(), range(file.get(), names.group(2), names.group(3)));
            }
        }
        return Optional.ofNullable(last);
    }

    /** {@return the file of the chart; Helm puts the name of the chart before the path of a template} */
    private static Optional<ContextFile> file(ClusterImageLayout layout, String chart, String name) {
        return layout.file(chart + "/" + name)
                .filter(ContextFile::isFile)
                .or(() -> layout.file(chart + "/" + name.substring(name.indexOf('/') + 1))
                        .filter(ContextFile::isFile));
    }

    private static @Nullable SourceRange range(ContextFile file, @Nullable String line, @Nullable String column) {
        List<SourceRange> lines = line == null ? List.of() : file.lines();
        int number = line == null ? 0 : Integer.parseInt(line);
        if (number < 1 || number > lines.size()) {
            return null;
        }
        SourceRange whole = lines.get(number - 1);
        return column == null ? whole : from(whole, file.path(), number, Integer.parseInt(column));
    }

    /** {@return the range from a column, which Helm counts in bytes, to the end of the action} */
    private static SourceRange from(SourceRange whole, String path, int number, int column) {
        String line = whole.text();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int before = Math.max(0, column - 1);
        if (before >= bytes.length) {
            return whole;
        }
        int start = new String(bytes, 0, before, StandardCharsets.UTF_8).length();
        int end = line.indexOf(ACTION_END, start);
        return SourceRange.inLine(
                path, number, line, start, end < 0 ? line.stripTrailing().length() : end);
    }
}
