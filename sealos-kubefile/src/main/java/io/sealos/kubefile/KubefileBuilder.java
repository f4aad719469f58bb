package io.sealos.kubefile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;

/**
 * A builder that writes a Kubefile instruction by instruction. Values are quoted, so evaluation returns them exactly as
 * given. Variables are expanded only where the documentation of a parameter says so.
 *
 * <p>Each method throws an {@link InvalidInstructionException} for an instruction that parsing or evaluation would
 * refuse, or that would not be read back as given: for example an instruction before FROM, a COPY with one path, an
 * empty name, or a flag that the instruction does not have. Only CMD, ENTRYPOINT, COPY, ADD, VOLUME and heredocs can
 * hold a line break. A refused instruction is not added. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class KubefileBuilder {
    private final InstructionWriter writer = new InstructionWriter();

    KubefileBuilder() {}

    /**
     * Begins the Kubefile with an escape directive. Default: a backslash, without a directive.
     *
     * @param character a backslash or a backtick, which continues a line if it is the last character
     * @return this builder
     */
    public KubefileBuilder escape(char character) {
        writer.escape(character);
        return this;
    }

    /**
     * Adds a comment.
     *
     * @param text the comment; each of its lines becomes a line of its own
     * @return this builder
     */
    public KubefileBuilder comment(String text) {
        writer.comment(text);
        return this;
    }

    /**
     * Adds a flag to the next instruction. An instruction may have several flags, in the order of the calls. The flags
     * are {@code platform} of FROM; {@code from}, {@code chown} and {@code chmod} of COPY; {@code chown} and
     * {@code chmod} of ADD; {@code interval}, {@code timeout}, {@code start-period} and {@code retries} of HEALTHCHECK;
     * and any flag of RUN, such as {@code mount}. Buildah 1.30 has no other flags.
     *
     * @param name the name without dashes, such as {@code chown}
     * @param value the value, such as {@code 1000:1000}; variables in it are expanded for FROM, COPY and ADD
     * @return this builder
     */
    public KubefileBuilder flag(String name, String value) {
        writer.flag(name, requireNonNull(value, "value"));
        return this;
    }

    /**
     * Begins a stage.
     *
     * @param base an image, the name of an earlier stage or {@code scratch}; variables in it are expanded
     * @return this builder
     */
    public KubefileBuilder from(String base) {
        writer.from(requireNonNull(base, "base"), null);
        return this;
    }

    /**
     * Begins a stage with a name.
     *
     * @param base an image, the name of an earlier stage or {@code scratch}; variables in it are expanded
     * @param stageName the name, by which {@link #copyFrom} refers to the stage; not a number
     * @return this builder
     */
    public KubefileBuilder from(String base, String stageName) {
        writer.from(requireNonNull(base, "base"), requireNonNull(stageName, "stageName"));
        return this;
    }

    /**
     * Declares a build argument without a default.
     *
     * @param name the name of the argument
     * @return this builder
     */
    public KubefileBuilder arg(String name) {
        return write("ARG", text("ARG").argument(requireNonNull(name, "name")));
    }

    /**
     * Declares a build argument with a default.
     *
     * @param name the name of the argument
     * @param defaultValue the exact default value, which applies if the caller of the build gives none
     * @return this builder
     */
    public KubefileBuilder arg(String name, String defaultValue) {
        InstructionText text = text("ARG");
        String argument = text.argument(requireNonNull(name, "name"));
        return write("ARG", argument + "=" + text.value(requireNonNull(defaultValue, "defaultValue")));
    }

    /**
     * Sets an environment variable.
     *
     * @param key the name of the variable; not one that sealos sets itself ({@link SealosEnv#isSetBySealos})
     * @param value the exact value
     * @return this builder
     */
    public KubefileBuilder env(String key, String value) {
        InstructionText text = text("ENV");
        return write("ENV", text.pair(text.variable(requireNonNull(key, "key")), requireNonNull(value, "value")));
    }

    /**
     * Sets a label.
     *
     * @param key the key, such as {@code sealos.io.type}
     * @param value the exact value
     * @return this builder
     */
    public KubefileBuilder label(String key, String value) {
        return write("LABEL", text("LABEL").pair(requireNonNull(key, "key"), requireNonNull(value, "value")));
    }

    /**
     * Copies files from the context, or from a stage or image that {@link #flag} gives.
     *
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder copy(String source, String... sourcesAndDestination) {
        return write("COPY", text("COPY").paths(source, sourcesAndDestination));
    }

    /**
     * Copies files from another stage or an image.
     *
     * @param stage the name or index of an earlier stage, or the image; variables in it are expanded
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder copyFrom(String stage, String source, String... sourcesAndDestination) {
        return flag("from", requireNonNull(stage, "stage")).copy(source, sourcesAndDestination);
    }

    /**
     * Writes a text to a file, with a heredoc. It is kept and written like any instruction, but a build of this library
     * refuses it, because buildah 1.30 has no heredocs.
     *
     * @param text the exact text, which ends with a line terminator
     * @param destination the file, without white space
     * @return this builder
     */
    public KubefileBuilder copyHeredoc(String text, String destination) {
        writer.writeHeredoc(
                "COPY", requireNonNull(text, "text"), text("COPY").word(requireNonNull(destination, "destination")));
        return this;
    }

    /**
     * Copies files from the context, and unpacks archives.
     *
     * @param source the first source, or the only one
     * @param sourcesAndDestination more sources, then the destination
     * @return this builder
     */
    public KubefileBuilder add(String source, String... sourcesAndDestination) {
        return write("ADD", text("ADD").paths(source, sourcesAndDestination));
    }

    /**
     * Runs a command in a build container, in the shell form. It is kept and written like any instruction, but a build
     * of this library refuses it.
     *
     * @param command the exact shell command, on one line
     * @return this builder
     */
    public KubefileBuilder run(String command) {
        writer.writeText("RUN", "", requireNonNull(command, "command"));
        return this;
    }

    /**
     * Runs a program in a build container, in the JSON form. A build of this library refuses it, like {@link #run}.
     *
     * @param program the program and its arguments
     * @return this builder
     */
    public KubefileBuilder runExec(String... program) {
        return write("RUN", text("RUN").program(program));
    }

    /**
     * Runs a script in a build container, with a heredoc. A build of this library refuses it, like {@link #run}.
     *
     * @param script the exact script, of one or more lines
     * @return this builder
     */
    public KubefileBuilder runHeredoc(String script) {
        writer.writeHeredoc("RUN", requireNonNull(script, "script"), "");
        return this;
    }

    /**
     * Sets CMD: the commands that sealos runs after those of ENTRYPOINT.
     *
     * @param commands the commands, each a shell command; none to clear those of the base
     * @return this builder
     */
    public KubefileBuilder cmd(String... commands) {
        return write("CMD", text("CMD").json(requireNonNull(commands, "commands")));
    }

    /**
     * Sets CMD in the shell form. Sealos runs the command like one of {@link #cmd}.
     *
     * @param command the exact shell command, on one line
     * @return this builder
     */
    public KubefileBuilder cmdShell(String command) {
        writer.writeText("CMD", "", requireNonNull(command, "command"));
        return this;
    }

    /**
     * Sets ENTRYPOINT: the commands that sealos runs first.
     *
     * @param commands the commands, each a shell command; none to clear those of the base
     * @return this builder
     */
    public KubefileBuilder entrypoint(String... commands) {
        return write("ENTRYPOINT", text("ENTRYPOINT").json(requireNonNull(commands, "commands")));
    }

    /**
     * Sets ENTRYPOINT in the shell form. Sealos runs the command like one of {@link #entrypoint}.
     *
     * @param command the exact shell command, on one line
     * @return this builder
     */
    public KubefileBuilder entrypointShell(String command) {
        writer.writeText("ENTRYPOINT", "", requireNonNull(command, "command"));
        return this;
    }

    /**
     * Sets the user.
     *
     * @param user a name or number, optionally followed by a colon and a group
     * @return this builder
     */
    public KubefileBuilder user(String user) {
        return write("USER", text("USER").value(text("USER").written(requireNonNull(user, "user"))));
    }

    /**
     * Sets the working directory. The build creates it if it is missing.
     *
     * @param directory the path; a relative path is resolved against the previous working directory
     * @return this builder
     */
    public KubefileBuilder workdir(String directory) {
        return write("WORKDIR", text("WORKDIR").value(text("WORKDIR").written(requireNonNull(directory, "directory"))));
    }

    /**
     * Adds exposed ports.
     *
     * @param ports numbers from 1 to 65535 with an optional protocol, such as {@code 80} or {@code 53/udp}
     * @return this builder
     */
    public KubefileBuilder expose(String... ports) {
        return write("EXPOSE", text("EXPOSE").ports(requireNonNull(ports, "ports")));
    }

    /**
     * Adds volumes.
     *
     * @param paths absolute paths in the image
     * @return this builder
     */
    public KubefileBuilder volume(String... paths) {
        return write("VOLUME", text("VOLUME").volumes(List.of(requireNonNull(paths, "paths"))));
    }

    /**
     * Sets the signal that stops a container.
     *
     * @param signal a name such as {@code SIGTERM}, or a number
     * @return this builder
     */
    public KubefileBuilder stopSignal(String signal) {
        return write(
                "STOPSIGNAL", text("STOPSIGNAL").value(text("STOPSIGNAL").written(requireNonNull(signal, "signal"))));
    }

    /**
     * Sets a health check in the shell form. An OCI image cannot hold it, so the build ignores it with a warning.
     *
     * @param command the exact shell command, on one line
     * @return this builder
     */
    public KubefileBuilder healthcheck(String command) {
        writer.writeText("HEALTHCHECK", "CMD", requireNonNull(command, "command"));
        return this;
    }

    /**
     * Sets a health check in the JSON form, which the build ignores like {@link #healthcheck}.
     *
     * @param program the program and its arguments
     * @return this builder
     */
    public KubefileBuilder healthcheckExec(String... program) {
        return write("HEALTHCHECK", "CMD " + text("HEALTHCHECK").program(program));
    }

    /**
     * Removes the health check of the base. The build ignores it like {@link #healthcheck}.
     *
     * @return this builder
     */
    public KubefileBuilder healthcheckNone() {
        return write("HEALTHCHECK", "NONE");
    }

    /**
     * Sets the shell for commands in the shell form. An OCI image cannot hold it, so the build ignores it with a
     * warning.
     *
     * @param shell the program and its arguments, such as {@code /bin/bash} and {@code -c}
     * @return this builder
     */
    public KubefileBuilder shell(String... shell) {
        return write("SHELL", text("SHELL").json(requireNonNull(shell, "shell")));
    }

    /**
     * Adds instructions for builds from this image. An OCI image cannot hold them, so the build ignores them with a
     * warning.
     *
     * @param instructions calls the methods of the instructions, such as {@code it -> it.copy("app", "/app")}; not
     *     FROM, ONBUILD, MAINTAINER or a heredoc
     * @return this builder
     */
    public KubefileBuilder onbuild(Consumer<KubefileBuilder> instructions) {
        writer.trigger(() -> instructions.accept(this));
        return this;
    }

    /**
     * Sets the author of the image.
     *
     * @param author the exact text, on one line
     * @return this builder
     */
    public KubefileBuilder maintainer(String author) {
        writer.writeText("MAINTAINER", "", requireNonNull(author, "author"));
        return this;
    }

    /**
     * Adds the text of an instruction unchanged, with its variables, quotes and flags. It may have several lines.
     *
     * @param text one whole instruction, such as {@code EXPOSE $PORT}
     * @return this builder
     */
    public KubefileBuilder instruction(String text) {
        writer.writeSource(text);
        return this;
    }

    /**
     * {@return the Kubefile}
     *
     * @throws InvalidInstructionException if there is no FROM, or if no instruction follows a flag
     * @throws KubefileParseException if there are more than 100,000 instructions or 500,000 arguments
     */
    public Kubefile build() {
        return Kubefile.parse(writer.source());
    }

    private InstructionText text(String keyword) {
        return writer.text(keyword);
    }

    private KubefileBuilder write(String keyword, String arguments) {
        writer.write(keyword, arguments);
        return this;
    }
}
