package io.sealos.images.internal.helm;

import io.sealos.internal.text.GlobPattern;
import io.sealos.internal.text.LimitedFile;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a {@code .helmignore} file, applied as by <a
 * href="https://pkg.go.dev/helm.sh/helm/v3/internal/ignore">Helm</a>.
 */
final class HelmIgnore {
    private record Rule(GlobPattern matcher, boolean wholePath, boolean directoryOnly, boolean negated) {}

    private static final int LARGEST = 1 << 20;

    static final String FILE = ".helmignore";

    private final List<Rule> rules = new ArrayList<>();

    static HelmIgnore of(Path chart) throws IOException {
        HelmIgnore ignore = new HelmIgnore();
        Path file = chart.resolve(FILE);
        if (Files.isRegularFile(file)) {
            for (String line : new String(
                            LimitedFile.read(file, LARGEST, "use wildcards instead of single files"),
                            StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList()) {
                ignore.add(line.strip());
            }
        }
        ignore.add("templates/.?*");
        return ignore;
    }

    private void add(String line) throws ChartFormatException {
        if (line.isEmpty() || line.startsWith("#") || line.contains("**")) {
            return;
        }
        boolean negated = line.startsWith("!");
        String pattern = negated ? line.substring(1) : line;
        boolean directory = pattern.endsWith("/");
        pattern = directory ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean whole = pattern.indexOf('/') >= 0;
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        try {
            rules.add(new Rule(GlobPattern.ofName(pattern), whole, directory, negated));
        } catch (IllegalArgumentException e) {
            throw new ChartFormatException(
                    "the line '" + Printable.of(line) + "' of .helmignore is not a pattern; " + e.getMessage());
        }
    }

    /**
     * {@return whether a file or directory of the chart is ignored; a directory is ignored with everything below it}
     */
    boolean ignores(Path relative, boolean directory) {
        for (Rule rule : rules) {
            Path name = rule.wholePath() ? relative : relative.getFileName();
            boolean matches = name != null
                    && (directory || !rule.directoryOnly())
                    && rule.matcher()
                            .matches(name.toString()
                                    .replace(relative.getFileSystem().getSeparator(), "/"));
            if (matches != rule.negated()) {
                return true;
            }
        }
        return false;
    }
}
