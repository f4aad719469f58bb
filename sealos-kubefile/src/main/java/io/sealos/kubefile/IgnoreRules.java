package io.sealos.kubefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which paths of a context COPY and ADD do not see. Immutable. */
public final class IgnoreRules {
    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** {@return rules that exclude nothing} */
    public static IgnoreRules none() {
        return new IgnoreRules(List.of());
    }

    /**
     * Reads the one file that counts, as buildah chooses it: the build file's own {@code .dockerignore}, its own
     * {@code .containerignore}, then {@code .containerignore} and {@code .dockerignore} of the context.
     *
     * @throws IgnoreSyntaxException if a pattern is malformed
     */
    public static IgnoreRules load(Path context, Path kubefile) throws IOException {
        Path own = context.resolve(kubefile);
        for (Path file : List.of(
                own.resolveSibling(own.getFileName() + ".dockerignore"),
                own.resolveSibling(own.getFileName() + ".containerignore"),
                context.resolve(".containerignore"),
                context.resolve(".dockerignore"))) {
            if (Files.isRegularFile(file)) {
                return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
            }
        }
        return none();
    }

    /**
     * Reads rules, one a line: lines that begin with {@code #} and empty ones are skipped, {@code !} takes an exclusion
     * back.
     *
     * @throws IgnoreSyntaxException if a pattern is malformed
     */
    public static IgnoreRules parse(String text) {
        return parse(text, "ignore file");
    }

    private static IgnoreRules parse(String text, String name) {
        List<IgnorePattern> patterns = new ArrayList<>();
        List<String> lines = List.of(text.split("\n", -1));
        for (int line = 0; line < lines.size(); line++) {
            String pattern = lines.get(line);
            if (!pattern.startsWith("#")) {
                IgnorePattern.of(pattern, name + ":" + (line + 1)).ifPresent(patterns::add);
            }
        }
        return new IgnoreRules(patterns);
    }

    /** {@return whether a path, relative to the context and with slashes, is left out} */
    public boolean isExcluded(String path) {
        boolean excluded = false;
        for (IgnorePattern pattern : patterns) {
            if (pattern.excludes() != excluded && pattern.matchesOrCovers(path)) {
                excluded = pattern.excludes();
            }
        }
        return excluded;
    }

    /**
     * {@return whether a directory has to be looked into: it is not excluded, or a literal {@code !} pattern begins
     * with its name; a wildcard does not reach below an excluded directory}
     */
    public boolean mayIncludeBelow(String directory) {
        return !isExcluded(directory)
                || patterns.stream()
                        .anyMatch(pattern -> !pattern.excludes() && (pattern.text() + "/").startsWith(directory));
    }
}
