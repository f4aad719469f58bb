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
 * Finds the entries at which sealos stops, or which it reads for ever: links to nothing, directories where it expects a
 * list, files that it may not read. It looks at manifests first, then at the lists, and stops at the first.
 */
public final class SealosDirectories {
    /** The list of images in the context directory that sealos leaves out. */
    public static final String IGNORE_LIST = ".sealignore";

    static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|tmpl)", Pattern.DOTALL);

    private final Path context;

    public SealosDirectories(Path context) {
        this.context = context;
    }

    /** An entry that stops sealos. */
    record Stop(String file, String problem, boolean endless) {
        @Override
        public String toString() {
            return file + ": " + problem;
        }
    }

    /** The entry that stops it while it lists the images of {@code manifests} and {@code images/shim}. */
    Optional<Stop> beforeList() throws IOException {
        Optional<Stop> manifest = first(StandardDirectory.MANIFESTS, this::isManifest, this::manifest);
        return manifest.isPresent() ? manifest : first(StandardDirectory.SHIM, file -> true, this::list);
    }

    /** The entry that stops it when it filters its list; an empty list is not filtered. */
    Optional<Stop> inIgnoreList() {
        return list(context.resolve(IGNORE_LIST)).filter(it -> Files.exists(context.resolve(IGNORE_LIST)));
    }

    /** The entry that stops it when it reads the list of archives. */
    Optional<Stop> inTarList() {
        Path list = context.resolve(StandardDirectory.SKOPEO_TAR_LIST);
        return Files.exists(list) ? list(list) : Optional.empty();
    }

    /** The directory itself is looked at as an entry where it is a link, as sealos does. */
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
