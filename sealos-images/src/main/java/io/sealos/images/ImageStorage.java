package io.sealos.images;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sources from which images are saved, as the lines of {@code images/shim} name them.
 *
 * @since 0.1.0
 */
public enum ImageStorage {
    /** A registry. The line has no prefix. */
    REGISTRY("", List.of()),
    /** The Docker daemon of this machine. The line is {@code docker-daemon:NAME:TAG}. */
    DOCKER_DAEMON("docker-daemon:", List.of("docker", "skopeo")),
    /** The storage that podman and buildah share on this machine. The line is {@code containers-storage:NAME:TAG}. */
    CONTAINERS_STORAGE("containers-storage:", List.of("podman", "buildah", "skopeo"));

    private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it.
    private final List<String> programs;

    ImageStorage(String prefix, List<String> programs) {
        this.prefix = prefix;
        this.programs = programs;
    }

    /** {@return the prefix of a line; an empty string for a registry} */
    public String prefix() {
        return prefix;
    }

    /** {@return the programs that can read an image from this source, in order of preference; empty for a registry} */
    public List<String> programs() {
        return programs;
    }

    /**
     * {@return the first of the {@link #programs()} that is installed; empty if none is}
     *
     * @param path the directories to search, in the form of the environment variable {@code PATH}
     */
    public Optional<Path> program(String path) {
        return programs.stream()
                .flatMap(name -> SEPARATOR
                        .splitAsStream(path)
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name).toAbsolutePath()))
                .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
                .findFirst();
    }
}
