package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.Quoting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A builder that writes a Kubefile instruction by instruction. Values are quoted, so evaluation returns them exactly as
 * given. Variables are expanded only where the documentation of a parameter says so.
 *
 * <p>Only CMD, ENTRYPOINT, COPY and ADD can hold a line break; the methods for other instructions throw an
 * {@link IllegalArgumentException} for a value that contains one. Not thread-safe.
 */
public final class KubefileBuilder {
    private final StringBuilder source = new StringBuilder();

    KubefileBuilder() {}

    /**
     * Begins a stage.
     *
     * @param base an image, the name of an earlier stage or {@code scratch}; variables in it are expanded
     * @return this builder
     */
    public KubefileBuilder from(String base) {
        return line("FROM " + oneLine(base));
    }

    /**
     * Begins a stage with a name.
     *
     * @param base an image, the name of an earlier stage or {@code scratch}; variables in it are expanded
     * @param stageName the name, by which {@link #copyFrom} refers to the stage
     * @return this builder
     */
    public KubefileBuilder from(String base, String stageName) {
        return line("FROM " + oneLine(base) + " AS " + oneLine(stageName));
    }

    /**
     * Declares a build argument without a default.
     *
     * @param name the name of the argument
     * @return this builder
     */
    public KubefileBuilder arg(String name) {
        return line("ARG " + Quoting.value(name));
    }

    /**
     * Declares a build argument with a default.
     *
     * @param name the name of the argument
     * @param defaultValue the exact default value, which applies if the caller of the build gives none
     * @return this builder
     */
    public KubefileBuilder arg(String name, String defaultValue) {
        return line("ARG " + Quoting.value(name) + "=" + Quoting.value(defaultValue));
    }

    /**
     * Sets an environment variable.
     *
     * @param key the name of the variable
     * @param value the exact value
     * @return this builder
     */
    public KubefileBuilder env(String key, String value) {
        return line("ENV " + Quoting.value(key) + "=" + Quoting.value(value));
    }

    /**
     * Sets a label.
     *
     * @param key the key, such as {@code sealos.io.type}
     * @param value the exact value
     * @return this builder
     */
    public KubefileBuilder label(String key, String value) {
        return line("LABEL " + Quoting.value(key) + "=" + Quoting.value(value));
    }

    /**
     * Copies files from the context.
     *
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder copy(String source, String... sourcesAndDestination) {
        return line("COPY " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /**
     * Copies files from another stage or an image.
     *
     * @param stage the name or index of the stage, or the image; variables in it are expanded
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder copyFrom(String stage, String source, String... sourcesAndDestination) {
        return line("COPY --from=" + oneLine(stage) + " " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /**
     * Copies files from the context, and unpacks archives.
     *
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder add(String source, String... sourcesAndDestination) {
        return line("ADD " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /**
     * Sets CMD: the commands that sealos runs after those of ENTRYPOINT.
     *
     * @param commands the commands, each a shell command
     * @return this builder
     */
    public KubefileBuilder cmd(String... commands) {
        return line("CMD " + Quoting.json(List.of(commands)));
    }

    /**
     * Sets ENTRYPOINT: the commands that sealos runs first.
     *
     * @param commands the commands, each a shell command
     * @return this builder
     */
    public KubefileBuilder entrypoint(String... commands) {
        return line("ENTRYPOINT " + Quoting.json(List.of(commands)));
    }

    /**
     * Sets the user.
     *
     * @param user a name or number, optionally followed by a colon and a group
     * @return this builder
     */
    public KubefileBuilder user(String user) {
        return line("USER " + Quoting.value(user));
    }

    /**
     * Sets the working directory. The build creates it if it is missing.
     *
     * @param directory the path; a relative path is resolved against the previous working directory
     * @return this builder
     */
    public KubefileBuilder workdir(String directory) {
        return line("WORKDIR " + Quoting.value(directory));
    }

    /**
     * Adds exposed ports.
     *
     * @param ports numbers with an optional protocol, such as {@code 80} or {@code 53/udp}
     * @return this builder
     */
    public KubefileBuilder expose(String... ports) {
        return line("EXPOSE " + oneLine(String.join(" ", ports)));
    }

    /**
     * Adds volumes.
     *
     * @param paths absolute paths in the image
     * @return this builder
     */
    public KubefileBuilder volume(String... paths) {
        return line(
                "VOLUME " + Quoting.json(Arrays.stream(paths).map(Quoting::word).toList()));
    }

    /**
     * Sets the signal that stops a container.
     *
     * @param signal a name such as {@code SIGTERM}, or a number
     * @return this builder
     */
    public KubefileBuilder stopSignal(String signal) {
        return line("STOPSIGNAL " + Quoting.value(signal));
    }

    /**
     * Adds a comment.
     *
     * @param text the comment; each of its lines becomes a line of its own
     * @return this builder
     */
    public KubefileBuilder comment(String text) {
        text.lines().forEach(one -> line(("# " + one).stripTrailing()));
        return this;
    }

    /**
     * {@return the Kubefile}
     *
     * @throws KubefileParseException if a text that is not quoted, such as a base, is malformed
     */
    public Kubefile build() {
        return Kubefile.parse(source.toString());
    }

    private KubefileBuilder line(String text) {
        source.append(text).append('\n');
        return this;
    }

    private static List<String> paths(String first, String... others) {
        List<String> paths = new ArrayList<>(List.of(first));
        paths.addAll(List.of(others));
        return paths.stream()
                .map(path -> path.indexOf('\n') < 0 ? Quoting.word(path) : escapeLines(path))
                .toList();
    }

    private static String escapeLines(String path) {
        return Arrays.stream(path.split("\n", -1))
                .map(Quoting::word)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    private static String oneLine(String text) {
        Quoting.requireOneLine(text);
        return text;
    }
}
