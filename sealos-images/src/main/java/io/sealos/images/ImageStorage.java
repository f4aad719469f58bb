package io.sealos.images;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The places that an image is taken from when it is saved, as the lines of {@code images/shim} name them. */
public enum ImageStorage {
    /** A registry: a line without a prefix. */
    REGISTRY("", List.of()),
    /** Docker on this machine: {@code docker-daemon:NAME:TAG}. */
    DOCKER_DAEMON("docker-daemon:", List.of("docker", "skopeo")),
    /** The storage that podman and buildah share on this machine: {@code containers-storage:NAME:TAG}. */
    CONTAINERS_STORAGE("containers-storage:", List.of("podman", "buildah", "skopeo"));

    private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it.
    private final List<String> programs;

    ImageStorage(String prefix, List<String> programs) {
        this.prefix = prefix;
        this.programs = programs;
    }

    /** {@return the text that a line begins with; empty for a registry} */
    public String prefix() {
        return prefix;
    }

    /** {@return the programs that can read an image out of it, those to be preferred first; none for a registry} */
    public List<String> programs() {
        return programs;
    }

    /**
     * {@return the first of its programs that is there}
     *
     * @param path the directories to look in, as the environment variable {@code PATH} has them
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
