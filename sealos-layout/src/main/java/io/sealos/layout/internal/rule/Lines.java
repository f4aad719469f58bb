package io.sealos.layout.internal.rule;

import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import java.util.List;
import java.util.Optional;

/** The lines of a file of the context, by number. */
final class Lines {
    private Lines() {}

    /** {@return a line by its number; empty if there is no such file or line} */
    static Optional<SourceRange> of(ClusterImageLayout layout, String path, int number) {
        List<SourceRange> lines = all(layout, path);
        return number > 0 && number <= lines.size() ? Optional.of(lines.get(number - 1)) : Optional.empty();
    }

    /** {@return the place of a text in a command that begins in a line; the line if the text is not found} */
    static Optional<SourceRange> of(ClusterImageLayout layout, String path, int number, String text) {
        List<SourceRange> lines = all(layout, path);
        for (int i = number - 1; i >= 0 && i < lines.size(); i++) {
            String line = lines.get(i).text();
            int at = line.indexOf(text);
            if (at >= 0) {
                return Optional.of(SourceRange.inLine(path, i + 1, line, at, at + text.length()));
            }
            if (!line.endsWith("\\")) {
                break;
            }
        }
        return of(layout, path, number);
    }

    /** Reports the character at an index of the text of a file. */
    static void report(FindingSink findings, ContextFile file, int offset, String message, String fix) {
        String before = file.text().orElse("").substring(0, offset);
        int start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
        int number = (int) before.substring(0, start).lines().count();
        List<SourceRange> lines = file.lines();
        if (number >= lines.size() || offset - start >= lines.get(number).text().length()) {
            findings.report(file.path(), message, fix);
            return;
        }
        String line = lines.get(number).text();
        int at = offset - start;
        findings.report(file.path(), SourceRange.inLine(file.path(), number + 1, line, at, at + 1), message, fix);
    }

    private static List<SourceRange> all(ClusterImageLayout layout, String path) {
        return layout.file(path)
                .filter(ContextFile::isFile)
                .map(ContextFile::lines)
                .orElse(List.of());
    }
}
