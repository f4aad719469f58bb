package io.sealos.images.internal.sealos;

import io.sealos.images.StandardDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the first entry on which sealos fails, or which it would read endlessly: a broken link, a directory in place of
 * a list, or a file without permission to read it. Manifests are examined first, then the lists.
 */
public final class SealosDirectories {
    /** The file in the context directory that lists the images that sealos omits. */
    public static final String IGNORE_LIST = ".sealignore";

    static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|tmpl)", Pattern.DOTALL);

    private final Path context;

    public SealosDirectories(Path context) {
        this.context = context;
    }

    /** An entry on which sealos fails. */
    record Stop(String file, String problem, boolean endless) {
        @Override
        public String toString() {
            return file + ": " + problem;
        }
    }

    /**
     * {@return the entry on which sealos fails while it lists the images of {@code manifests} and {@code images/shim};
     * empty if there is none}
     */
    Optional<Stop> beforeList() throws IOException {
        Optional<Stop> manifest = first(StandardDirectory.MANIFESTS, this::isManifest, this::manifest);
        return manifest.isPresent() ? manifest : first(StandardDirectory.SHIM, file -> true, this::list);
    }

    /**
     * {@return the entry on which sealos fails when it filters its list, which it does not do for an empty list; empty
     * if there is none}
     */
    Optional<Stop> inIgnoreList() {
        return list(context.resolve(IGNORE_LIST)).filter(it -> Files.exists(context.resolve(IGNORE_LIST)));
    }

    /** {@return the entry on which sealos fails when it reads the list of archives; empty if there is none} */
    Optional<Stop> inTarList() {
        Path list = context.resolve(StandardDirectory.SKOPEO_TAR_LIST);
        return Files.exists(list) ? list(list) : Optional.empty();
    }

    /** {@return the first such entry} The directory itself is examined if it is a link, as by sealos. */
    private Optional<Stop> first(String directory, Predicate<Path> read, Check check) throws IOException {
        Path start = context.resolve(directory);
        if (!Files.exists(start)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(start)) {
            List<Path> entries = all.filter(it -> !Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS))
                    .filter(read)
                    .sorted(Comparator.comparing(this::name))
                    .toList();
            return entries.stream().flatMap(it -> check.of(it).stream()).findFirst();
        }
    }

    private interface Check {
        Optional<Stop> of(Path file);
    }

    private boolean isManifest(Path file) {
        return MANIFEST.matcher(name(file).toLowerCase(Locale.ROOT)).matches();
    }

    private Optional<Stop> manifest(Path file) {
        if (Files.isDirectory(file)) {
            return stop(file, "it is a link to a directory, and sealos cannot read it");
        }
        return unread(file);
    }

    private Optional<Stop> list(Path file) {
        return Files.isDirectory(file)
                ? Optional.of(new Stop(name(file), "it is a directory, and sealos reads it for ever", true))
                : unread(file);
    }

    private Optional<Stop> unread(Path file) {
        if (!Files.exists(file)) {
            return stop(file, "the link leads to nothing, and sealos stops at it");
        }
        return Files.isReadable(file) ? Optional.empty() : stop(file, "it cannot be read, and sealos stops at it");
    }

    private Optional<Stop> stop(Path file, String problem) {
        return Optional.of(new Stop(name(file), problem, false));
    }

    private String name(Path file) {
        return context.relativize(file).toString().replace('\\', '/');
    }
}
