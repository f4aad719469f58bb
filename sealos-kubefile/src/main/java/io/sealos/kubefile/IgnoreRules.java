package io.sealos.kubefile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which paths of a context COPY and ADD do not see, as buildah 1.30 decides it. Immutable.
 *
 * <p>A pattern matches a path and all that lies below it, and the last pattern that matches decides: {@code !} takes an
 * exclusion back. In a pattern {@code *} and {@code ?} match no slash, {@code **} any number of directories,
 * {@code [a-c]} and {@code [^a-c]} one character, and a backslash takes the next character as it is.
 */
public final class IgnoreRules {
    private static final int MOST_PATTERNS = 10_000;

    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** {@return rules that exclude nothing} */
    public static IgnoreRules none() {
        return new IgnoreRules(List.of());
    }

    /**
     * Reads the ignore file of a context that is built from one build file.
     *
     * @see #load(Path, List)
     */
    public static IgnoreRules load(Path context, Path kubefile) throws IOException {
        return load(context, List.of(kubefile));
    }

    /**
     * Reads the one file that counts, as buildah chooses it: the own {@code .dockerignore} or {@code .containerignore}
     * of the first build file that has one, then {@code .containerignore} and {@code .dockerignore} of the context.
     * Links are followed with the context as their root, so that none leads out of it.
     *
     * @param buildFiles the build files in their order, found from where the process runs
     * @throws IgnoreSyntaxException if a pattern is malformed, or there are more than 10,000 patterns
     * @throws IOException if the file is larger than 1 MiB, is no ordinary file or cannot be read
     */
    public static IgnoreRules load(Path context, List<Path> buildFiles) throws IOException {
        Optional<IgnoreFile> file = IgnoreFile.find(context, buildFiles);
        return file.isPresent() ? parse(file.get().text(), file.get().name()) : none();
    }

    /**
     * Reads rules, one a line: lines that begin with {@code #} and empty ones are skipped, {@code !} takes an exclusion
     * back.
     *
     * @throws IgnoreSyntaxException if a pattern is malformed, or there are more than 10,000 patterns
     */
    public static IgnoreRules parse(String text) {
        return parse(text, "ignore file");
    }

    private static IgnoreRules parse(String text, String name) {
        List<IgnorePattern> patterns = new ArrayList<>();
        int line = 0;
        for (int start = 0; start <= text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line++;
            if (!text.startsWith("#", start)) {
                IgnorePattern.of(text.substring(start, end), name + ":" + line).ifPresent(patterns::add);
            }
            if (patterns.size() > MOST_PATTERNS) {
                throw new IgnoreSyntaxException(name + ":" + line + ": there are more than " + MOST_PATTERNS
                        + " patterns; name directories and use wildcards instead of single files");
            }
            start = end + 1;
        }
        return new IgnoreRules(patterns);
    }

    /** {@return whether a path, relative to the context and with slashes, is left out} */
    public boolean isExcluded(String path) {
        for (int at = patterns.size() - 1; at >= 0; at--) {
            if (patterns.get(at).matches(path)) {
                return patterns.get(at).excludes();
            }
        }
        return false;
    }

    /**
     * {@return whether a directory on the way through the context has to be looked into: it is not excluded, or a
     * literal {@code !} pattern begins with its name; a wildcard does not reach below an excluded directory}
     */
    public boolean mayIncludeBelow(String directory) {
        return !isExcluded(directory)
                || patterns.stream()
                        .anyMatch(pattern -> !pattern.excludes() && (pattern.text() + "/").startsWith(directory));
    }

    /**
     * {@return whether a directory that COPY or ADD names has to be looked into: it is not excluded, or a literal
     * {@code !} pattern begins with its whole path}
     */
    public boolean mayIncludeInSource(String directory) {
        return !isExcluded(directory)
                || patterns.stream()
                        .anyMatch(
                                pattern -> !pattern.excludes() && pattern.text().startsWith(directory + "/"));
    }
}
