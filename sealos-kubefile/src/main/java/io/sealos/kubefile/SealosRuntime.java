package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.DollarExpansion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The commands that sealos runs for an image, and the environment that it exports to them. Sealos expands {@code $} in
 * the commands itself, before the shell does. Immutable and thread-safe.
 *
 * <p>The variables come from ENV of the image, without PATH. {@code sealos run -e} overrides them, {@code spec.env} of
 * a Clusterfile overrides both, and {@code env} of the host overrides all. For a rootfs sealos has two variables of its
 * own, which it never exports and which override the others in its expansion: SEALOS_SYS_KUBE_VERSION (the label
 * {@code version}, else empty) and SEALOS_SYS_SEALOS_VERSION. An application or patch sees the values of its own ENV
 * under these names.
 *
 * <p>The behavior is that of {@code OCIToImageMount} and {@code guest.go} of sealos.
 *
 * @since 0.1.0
 */
public final class SealosRuntime {
    /** The version of a sealos that was built without a version. */
    private static final String UNVERSIONED = "latest";

    private final Optional<ImageType> type;
    private final List<String> commands;
    private final Map<String, String> environment;
    private final Map<String, String> builtIns;

    private SealosRuntime(
            Optional<ImageType> type,
            List<String> commands,
            Map<String, String> environment,
            Map<String, String> builtIns) {
        this.type = type;
        this.commands = List.copyOf(commands);
        this.environment = Collections.unmodifiableMap(environment);
        this.builtIns = builtIns;
    }

    /**
     * {@return the commands and the environment of an image that is run without command-line options}
     *
     * @param config the configuration of the image
     */
    public static SealosRuntime of(ContainerConfig config) {
        Optional<ImageType> type = ImageType.of(config.labels());
        List<String> commands = new ArrayList<>(withoutShell(config.entrypoint()));
        commands.addAll(withoutShell(config.cmd()));
        Map<String, String> environment = new LinkedHashMap<>(config.env());
        environment.remove("PATH");
        return new SealosRuntime(type, commands, environment, builtIns(type, config));
    }

    /**
     * {@return a copy of this runtime in which other commands replace those of CMD; those of ENTRYPOINT are kept} The
     * elements {@code /bin/sh} and {@code -c} of the new commands are not dropped.
     *
     * <p>{@code spec.command} of a Clusterfile has this effect on the first image of the cluster only. According to the
     * guide of sealos, {@code sealos run --cmd} has the same effect, but that option has not worked since sealos 4.3.7:
     * without {@code -e} sealos crashes, and with {@code -e} the option is ignored.
     *
     * @param config the configuration of the image
     * @param cmd the commands; an empty list changes nothing
     */
    public SealosRuntime withCmd(ContainerConfig config, List<String> cmd) {
        List<String> replaced = new ArrayList<>(withoutShell(config.entrypoint()));
        replaced.addAll(cmd.isEmpty() ? withoutShell(config.cmd()) : cmd);
        return new SealosRuntime(type, replaced, environment, builtIns);
    }

    /**
     * {@return a copy of this runtime with the variables of {@code sealos run -e}}
     *
     * @param overrides the values by name; they override ENV
     */
    public SealosRuntime withEnvironment(Map<String, String> overrides) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        overrides.forEach((key, value) -> merged.put(key, Objects.requireNonNull(value)));
        return new SealosRuntime(type, commands, merged, builtIns);
    }

    /**
     * {@return a copy of this runtime with the variables of {@code spec.env} of a Clusterfile} To add the {@code env}
     * of a host, call this method again. Names that begin with {@value SealosEnv#RESERVED_PREFIX} are dropped.
     *
     * <p>The {@code env} of a host applies to a rootfs or a patch. It applies to an application only if the Clusterfile
     * names the first master without a port, which sealos itself does not do.
     *
     * @param overrides the values by name; they override ENV and {@code sealos run -e}
     */
    public SealosRuntime withClusterfileEnvironment(Map<String, String> overrides) {
        Map<String, String> taken = new LinkedHashMap<>(overrides);
        taken.keySet().removeIf(key -> key.startsWith(SealosEnv.RESERVED_PREFIX));
        return withEnvironment(taken);
    }

    /**
     * {@return a copy of this runtime for another version of sealos, which a rootfs sees as SEALOS_SYS_SEALOS_VERSION}
     * The default is {@code latest}, the version of a sealos that was built without a version.
     *
     * @param version the version, such as {@code v5.0.1}
     */
    public SealosRuntime withSealosVersion(String version) {
        Map<String, String> changed = new LinkedHashMap<>(builtIns);
        changed.computeIfPresent(SealosEnv.SEALOS_VERSION.key(), (key, old) -> version);
        return new SealosRuntime(type, commands, environment, changed);
    }

    /**
     * {@return the shell commands in the order in which they run: each element of ENTRYPOINT, then each of CMD, without
     * the elements {@code /bin/sh} and {@code -c}}
     */
    public List<String> commands() {
        return commands;
    }

    /**
     * {@return the commands after sealos's own expansion, as the shell receives them} Bytes that are not UTF-8 are
     * replaced by U+FFFD.
     *
     * @throws IllegalArgumentException if the expanded commands have more than 4,194,304 characters together
     */
    public List<String> expandedCommands() {
        Map<String, String> variables = variables();
        List<String> expanded = new ArrayList<>();
        long characters = 0;
        for (String command : commands) {
            String text = new DollarExpansion(command, variables::get).expand();
            characters += text.length();
            if (characters > DollarExpansion.LONGEST) {
                throw DollarExpansion.tooLong();
            }
            expanded.add(text);
        }
        return List.copyOf(expanded);
    }

    /** {@return the variables that sealos exports to the commands, in the order in which they were first set} */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * {@return the variables that sealos expands in commands: those that it exports and, for a rootfs, two of its own}
     */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(builtIns);
        return Collections.unmodifiableMap(variables);
    }

    /**
     * {@return the names of variables that the commands use and that nothing sets, in the order of their first use}
     * Sealos replaces such a variable by {@code $(NAME)}, which makes the shell run a command NAME.
     */
    public List<String> unknownVariables() {
        Map<String, String> variables = variables();
        Set<String> unknown = new LinkedHashSet<>();
        commands.forEach(command -> new DollarExpansion(command, name -> {
                    if (!variables.containsKey(name)) {
                        unknown.add(name);
                    }
                    return "";
                })
                .expand());
        return List.copyOf(unknown);
    }

    /**
     * {@return the line that sealos passes to bash; empty for a type that sealos does not know} The line of a rootfs or
     * patch runs on each node, that of an application on the first master. If several images are run, each has a line
     * of its own, and the lines run in the order of the images until one fails.
     *
     * @param workDirectory the directory in which the commands run, without quotes: the rootfs of the cluster for a
     *     rootfs or patch, a directory of its own for an application
     * @throws IllegalArgumentException if the expanded commands have more than 4,194,304 characters together
     */
    public ShellLine shellLine(String workDirectory) {
        return type.isEmpty() ? ShellLine.EMPTY : ShellLine.of(environment, workDirectory, expandedCommands());
    }

    private static List<String> withoutShell(List<String> elements) {
        return elements.stream()
                .filter(element -> !element.equals("/bin/sh") && !element.equals("-c"))
                .toList();
    }

    private static Map<String, String> builtIns(Optional<ImageType> type, ContainerConfig config) {
        if (type.filter(it -> it == ImageType.ROOTFS).isEmpty()) {
            return Map.of();
        }
        Map<String, String> builtIns = new LinkedHashMap<>();
        builtIns.put(
                SealosEnv.KUBE_VERSION.key(),
                SealosLabel.VERSION.value(config.labels()).orElse(""));
        builtIns.put(SealosEnv.SEALOS_VERSION.key(), UNVERSIONED);
        return builtIns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealosRuntime that
                && type.equals(that.type)
                && commands.equals(that.commands)
                && environment.equals(that.environment)
                && builtIns.equals(that.builtIns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, commands, environment, builtIns);
    }

    /** {@return the type and the commands} */
    @Override
    public String toString() {
        return type.map(ImageType::label).orElse("unknown type") + " " + commands;
    }
}
