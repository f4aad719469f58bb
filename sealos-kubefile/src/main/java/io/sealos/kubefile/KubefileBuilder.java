package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a Kubefile instruction by instruction, quoting so that evaluation gives back exactly what was put in.
 *
 * <p>Not safe for use by several threads. A value with a line break is refused where the dialect cannot express one:
 * everywhere but in CMD, ENTRYPOINT, COPY, ADD and VOLUME.
 */
public final class KubefileBuilder {
    private final StringBuilder source = new StringBuilder();

    KubefileBuilder() {}

    /** Begins a stage on an image, an earlier stage or {@code scratch}; variables are expanded. */
    public KubefileBuilder from(String base) {
        return line("FROM " + oneLine(base));
    }

    /** Begins a stage with a name. */
    public KubefileBuilder from(String base, String stageName) {
        return line("FROM " + oneLine(base) + " AS " + oneLine(stageName));
    }

    /** Declares a build argument without a default. */
    public KubefileBuilder arg(String name) {
        return line("ARG " + Quoting.value(name));
    }

    /** Declares a build argument with a default. */
    public KubefileBuilder arg(String name, String defaultValue) {
        return line("ARG " + Quoting.value(name) + "=" + Quoting.value(defaultValue));
    }

    /** Sets an environment variable to exactly this value. */
    public KubefileBuilder env(String key, String value) {
        return line("ENV " + Quoting.value(key) + "=" + Quoting.value(value));
    }

    /** Sets a label to exactly this value. */
    public KubefileBuilder label(String key, String value) {
        return line("LABEL " + Quoting.value(key) + "=" + Quoting.value(value));
    }

    /** Copies from the context: one or more sources, then the destination. */
    public KubefileBuilder copy(String source, String... sourcesAndDestination) {
        return line("COPY " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /** Copies from another stage: one or more sources, then the destination. */
    public KubefileBuilder copyFrom(String stage, String source, String... sourcesAndDestination) {
        return line("COPY --from=" + oneLine(stage) + " " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /** Copies from the context and unpacks archives: one or more sources, then the destination. */
    public KubefileBuilder add(String source, String... sourcesAndDestination) {
        return line("ADD " + Quoting.json(paths(source, sourcesAndDestination)));
    }

    /** Sets the commands that sealos runs last, each one a shell command. */
    public KubefileBuilder cmd(String... commands) {
        return line("CMD " + Quoting.json(List.of(commands)));
    }

    /** Sets the commands that sealos runs first, each one a shell command. */
    public KubefileBuilder entrypoint(String... commands) {
        return line("ENTRYPOINT " + Quoting.json(List.of(commands)));
    }

    /** Sets the user. */
    public KubefileBuilder user(String user) {
        return line("USER " + Quoting.value(user));
    }

    /** Sets the working directory, which is made where it is missing. */
    public KubefileBuilder workdir(String directory) {
        return line("WORKDIR " + Quoting.value(directory));
    }

    /** Names ports, such as {@code 80} or {@code 53/udp}. */
    public KubefileBuilder expose(String... ports) {
        return line("EXPOSE " + oneLine(String.join(" ", ports)));
    }

    /** Names volumes. */
    public KubefileBuilder volume(String... paths) {
        return line(
                "VOLUME " + Quoting.json(Arrays.stream(paths).map(Quoting::word).toList()));
    }

    /** Sets the signal that stops a container. */
    public KubefileBuilder stopSignal(String signal) {
        return line("STOPSIGNAL " + Quoting.value(signal));
    }

    /** Adds a comment, one line of it per line of the text. */
    public KubefileBuilder comment(String text) {
        text.lines().forEach(one -> line(("# " + one).stripTrailing()));
        return this;
    }

    /**
     * {@return the Kubefile}
     *
     * @throws KubefileParseException if a text that is not quoted, such as a base, was none
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
