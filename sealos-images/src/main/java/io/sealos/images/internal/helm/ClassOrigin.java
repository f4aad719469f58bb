package io.sealos.images.internal.helm;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.FileState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that one class loader provides beside a class.
 *
 * @param type the class
 * @param files their names as resources, in the order in which they are written
 */
record ClassOrigin(Class<?> type, List<String> files) {
    private static final String JAR = "jar:";
    /** The scheme of nested archives in Spring Boot. */
    private static final String NESTED = "nested:";

    private static final String FILE = "file:";

    /** {@return the content of a file; null if there is no such file} */
    byte @Nullable [] read(String file) throws IOException {
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /**
     * {@return a text that changes whenever the files may have changed; empty if changes can only be recognized by
     * reading them}
     */
    Optional<String> state() {
        String place = place();
        try {
            return place.startsWith(FILE) ? ofDirectory(place) : archive(place).flatMap(it -> ofArchive(place, it));
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // An origin of an unknown form can still be read.
        }
    }

    /** {@return the location of the class; an empty string if it is unknown} */
    String place() {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        URL url = type.getResource(name + ".class");
        return url == null ? "" : url.toString();
    }

    /** {@return the file that contains the archive of a URL, directly or within another archive} */
    private static Optional<Path> archive(String url) throws IOException {
        if (!url.startsWith(JAR)) {
            return Optional.empty();
        }
        String inner = url.substring(JAR.length());
        boolean nested = inner.startsWith(NESTED);
        String prefix = nested ? NESTED : FILE;
        int end = inner.indexOf(nested ? "/!" : "!/");
        if (end < 0 || !inner.startsWith(prefix)) {
            return Optional.empty();
        }
        return Optional.of(Path.of(URI.create(FILE + inner.substring(prefix.length(), end)))
                .toRealPath());
    }

    private static Optional<String> ofArchive(String url, Path archive) {
        try {
            return FileSnapshot.of(archive).settledState().map(it -> url + " " + it);
        } catch (IOException e) {
            return Optional.empty(); // The file no longer exists, or its attributes cannot be read.
        }
    }

    private Optional<String> ofDirectory(String url) throws IOException {
        String own = type.getName().replace('.', '/') + ".class";
        if (!url.endsWith(own)) {
            return Optional.empty();
        }
        Path directory = Path.of(URI.create(url.substring(0, url.length() - own.length())));
        List<String> states = new ArrayList<>(List.of(url));
        for (String file : files) {
            Path path = directory.resolve(file);
            Optional<FileState> state =
                    Files.exists(path) ? FileSnapshot.of(path).settledState() : Optional.empty();
            if (state.isEmpty() && Files.exists(path)) {
                return Optional.empty();
            }
            states.add(state.map(FileState::toString).orElse("none"));
        }
        return Optional.of(String.join(" ", states));
    }
}
