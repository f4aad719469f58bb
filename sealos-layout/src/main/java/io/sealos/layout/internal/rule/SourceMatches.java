package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.CopyStep;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the sources of a COPY in the context like a build does, which expands patterns one name at a time. */
final class SourceMatches {
    /** The directories that a build creates to save images. */
    private static final List<String> REGISTRY = List.of(StandardDirectory.REGISTRY, "docker", "registry", "v2");

    private final ClusterImageLayout layout;

    SourceMatches(ClusterImageLayout layout) {
        this.layout = layout;
    }

    /** {@return whether a source contains a wildcard, escaped or not, so that it may match nothing} */
    static boolean hasWildcard(String source) {
        return source.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /**
     * {@return the sources that stop the build because nothing matches them} A name without wildcards must exist. A
     * pattern may match nothing if another source exists; if none does, the first pattern is returned.
     */
    List<String> missing(CopyStep copy) {
        List<String> missing = new ArrayList<>();
        Optional<String> unmatched = Optional.empty();
        boolean found = false;
        for (String source : copy.sources()) {
            String path = CopySources.trim(source);
            if (isThere(path)) {
                found = true;
            } else if (!hasWildcard(path)) {
                missing.add(path);
            } else if (unmatched.isEmpty()) {
                unmatched = Optional.of(path);
            }
        }
        if (!found && missing.isEmpty()) {
            unmatched.ifPresent(missing::add);
        }
        return missing;
    }

    /** {@return whether there are matches, all of which the ignore file excludes} */
    boolean areIgnored(String path) {
        List<ContextFile> found = find(path).toList();
        return !found.isEmpty() && found.stream().allMatch(this::isIgnored);
    }

    private boolean isIgnored(ContextFile file) {
        return file.isFile() ? layout.ignoreRules().isExcluded(file.path()) : layout.isIgnored(file.path());
    }

    private boolean isThere(String path) {
        return path.isEmpty() || isRegistry(path) || find(path).findAny().isPresent();
    }

    /** {@return whether a path leads to the directory that the build creates, or into it} */
    private static boolean isRegistry(String path) {
        List<String> names = clean(path);
        if (!names.isEmpty() && names.get(0).equals(StandardDirectory.REGISTRY)) {
            return true;
        }
        return IntStream.range(0, Math.min(names.size(), REGISTRY.size()))
                .allMatch(i -> isMatch(names.get(i), REGISTRY.get(i)));
    }

    private Stream<ContextFile> find(String path) {
        if (path.indexOf('\\') < 0 && !hasWildcard(path)) {
            return layout.file(path).stream();
        }
        Stream<ContextFile> found = layout.file(".").stream();
        for (String name : clean(path)) {
            found = found.flatMap(directory -> find(directory, name));
        }
        return found;
    }

    /** {@return the names of a path; {@code ..} removes the name before it, and stays in the context} */
    private static List<String> clean(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.equals("..")) {
                names.add(name);
            } else if (!names.isEmpty()) {
                names.remove(names.size() - 1);
            }
        }
        return names;
    }

    private Stream<ContextFile> find(ContextFile directory, String pattern) {
        return entries(directory).filter(entry -> entry.name().equals(pattern) || isMatch(pattern, entry.name()));
    }

    private Stream<ContextFile> entries(ContextFile directory) {
        if (directory.kind() != ContextFile.Kind.LINK) {
            return directory.children().stream();
        }
        return linked(directory).stream().flatMap(name -> layout.file(directory.path() + "/" + name).stream());
    }

    private static List<String> linked(ContextFile link) {
        try (Stream<Path> entries = Files.list(link.toPath())) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (IOException e) {
            return List.of(); // The rule link-broken reports it.
        }
    }

    /** {@return whether a pattern matches a name; like in buildah, a malformed one matches nothing} */
    private static boolean isMatch(String pattern, String name) {
        try {
            return GlobPattern.ofName(pattern).matches(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
