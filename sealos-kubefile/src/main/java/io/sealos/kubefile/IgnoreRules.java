package io.sealos.kubefile;

import io.sealos.internal.overlay.ContextNames;
import io.sealos.internal.text.FileFailures;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.internal.ignore.IgnoreFile;
import io.sealos.kubefile.internal.ignore.IgnorePattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of an ignore file, which exclude paths of the context from COPY and ADD as buildah 1.30 does. Immutable and
 * thread-safe.
 *
 * <p>A pattern matches a path and everything below it. The last pattern that matches decides; one with {@code !}
 * includes the path again. In a pattern, {@code *} and {@code ?} do not match a slash, {@code **} matches any number of
 * directories, {@code [a-c]} and {@code [^a-c]} match one character, and a backslash escapes the next character.
 *
 * @since 0.1.0
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
     * Reads the ignore file for a build from a single build file.
     *
     * @param context the context directory
     * @param kubefile the build file
     * @return the rules; none if there is no ignore file
     * @throws IgnoreSyntaxException if a pattern is malformed, or there are more than 10,000 patterns
     * @throws IOException if the file is larger than 1 MiB, is not a regular file or cannot be read
     * @see #load(Path, List)
     */
    public static IgnoreRules load(Path context, Path kubefile) throws IOException {
        Objects.requireNonNull(kubefile, "kubefile");
        return load(context, List.of(kubefile));
    }

    /**
     * Reads the ignore file that buildah would choose: {@code Kubefile.dockerignore} or
     * {@code Kubefile.containerignore} beside the first build file that has one, else {@code .containerignore}, else
     * {@code .dockerignore} of the context. Symbolic links in the context directory are resolved with this directory as
     * their root, so none leads out of it.
     *
     * @param context the context directory
     * @param buildFiles the build files in their order; relative paths are resolved against the current directory
     * @return the rules; none if there is no ignore file
     * @throws IgnoreSyntaxException if a pattern is malformed, or there are more than 10,000 patterns
     * @throws IOException if the file is larger than 1 MiB, is not a regular file or cannot be read
     */
    public static IgnoreRules load(Path context, List<Path> buildFiles) throws IOException {
        return FileFailures.explained(context, () -> read(context, buildFiles));
    }

    private static IgnoreRules read(Path context, List<Path> buildFiles) throws IOException {
        Optional<IgnoreFile> file = IgnoreFile.find(context, buildFiles);
        return file.isPresent()
                ? parse(file.get().text(), ContextNames.of(context, file.get().named()))
                : none();
    }

    /**
     * Parses rules, one per line. Empty lines and lines that begin with {@code #} are skipped.
     *
     * @param text the content of an ignore file
     * @return the rules
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
                pattern(text.substring(start, end), name + ":" + line).ifPresent(patterns::add);
            }
            if (patterns.size() > MOST_PATTERNS) {
                throw new IgnoreSyntaxException(
                        name + ":" + line,
                        "there are more than " + MOST_PATTERNS + " patterns",
                        "name directories and use wildcards instead of single files");
            }
            start = end + 1;
        }
        return new IgnoreRules(patterns);
    }

    private static Optional<IgnorePattern> pattern(String line, String place) {
        try {
            return IgnorePattern.of(line);
        } catch (IllegalArgumentException e) {
            throw new IgnoreSyntaxException(
                    place, "malformed pattern '" + Printable.of(line.strip()) + "'", String.valueOf(e.getMessage()));
        }
    }

    /**
     * {@return whether the rules exclude a path}
     *
     * @param path the path relative to the context, with slashes
     */
    public boolean isExcluded(String path) {
        for (int at = patterns.size() - 1; at >= 0; at--) {
            if (patterns.get(at).matches(path)) {
                return patterns.get(at).excludes();
            }
        }
        return false;
    }

    /**
     * {@return whether a walk through the context has to enter a directory} It has to if the directory is not excluded,
     * or if a literal {@code !} pattern begins with its path. A {@code !} pattern with a wildcard has no effect below
     * an excluded directory.
     *
     * @param directory the path relative to the context, with slashes
     */
    public boolean mayIncludeBelow(String directory) {
        return !isExcluded(directory)
                || patterns.stream()
                        .anyMatch(pattern -> !pattern.excludes() && (pattern.text() + "/").startsWith(directory));
    }

    /**
     * {@return whether a directory that COPY or ADD names has to be entered} It has to if the directory is not
     * excluded, or if a literal {@code !} pattern begins with its whole path.
     *
     * @param directory the path relative to the context, with slashes
     */
    public boolean mayIncludeInSource(String directory) {
        return !isExcluded(directory)
                || patterns.stream()
                        .anyMatch(
                                pattern -> !pattern.excludes() && pattern.text().startsWith(directory + "/"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IgnoreRules that && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return patterns.hashCode();
    }

    /** {@return the patterns in their order} */
    @Override
    public String toString() {
        return patterns.toString();
    }
}
