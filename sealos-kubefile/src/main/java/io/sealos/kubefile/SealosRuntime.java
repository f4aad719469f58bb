package io.sealos.kubefile;

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
 * What sealos will do with an image when it runs it: the commands in order, the variables that it exports to them, and
 * what its own expansion makes of {@code $} before the shell sees them. Immutable.
 *
 * <p>The variables come from ENV of the image, without PATH. {@code sealos run -e} wins over them, {@code spec.env} of
 * a Clusterfile over both, and {@code env} of the host over all. For a rootfs sealos has two variables of its own,
 * which it uses in the expansion only, where they win, and never exports: SEALOS_SYS_KUBE_VERSION (the label
 * {@code version}, empty where there is none) and SEALOS_SYS_SEALOS_VERSION. An application or patch sees under these
 * names what its own ENV says.
 *
 * <p>Source: {@code OCIToImageMount} and {@code guest.go} of sealos, whose answers were recorded.
 */
public final class SealosRuntime {
    /** The version that a sealos says which was built without one. */
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

    /** {@return what sealos does without options of the user} */
    public static SealosRuntime of(ContainerConfig config) {
        Optional<ImageType> type = ImageType.of(config.labels());
        List<String> commands = new ArrayList<>(withoutShell(config.entrypoint()));
        commands.addAll(withoutShell(config.cmd()));
        Map<String, String> environment = new LinkedHashMap<>(config.env());
        environment.remove("PATH");
        return new SealosRuntime(type, commands, environment, builtIns(type, config));
    }

    /**
     * {@return the same with other commands in the place of CMD; ENTRYPOINT stays} Of these commands the elements
     * {@code /bin/sh} and {@code -c} are not dropped; an empty list changes nothing.
     *
     * <p>This is what {@code spec.command} of a Clusterfile does to the first image of the cluster, and to no other.
     * The guide of sealos says the same of {@code sealos run --cmd}, which has not worked since sealos 4.3.7: alone it
     * ends in a crash, and together with {@code -e} it is ignored.
     */
    public SealosRuntime withCmd(ContainerConfig config, List<String> cmd) {
        List<String> replaced = new ArrayList<>(withoutShell(config.entrypoint()));
        replaced.addAll(cmd.isEmpty() ? withoutShell(config.cmd()) : cmd);
        return new SealosRuntime(type, replaced, environment, builtIns);
    }

    /** {@return the same with {@code sealos run -e}: these win over ENV, whatever their names} */
    public SealosRuntime withEnvironment(Map<String, String> overrides) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        overrides.forEach((key, value) -> merged.put(key, Objects.requireNonNull(value)));
        return new SealosRuntime(type, commands, merged, builtIns);
    }

    /**
     * {@return the same with {@code spec.env} of a Clusterfile, or with {@code env} of one of its hosts, which is to be
     * given after it} Names that begin with {@value SealosEnv#RESERVED_PREFIX} are dropped.
     *
     * <p>The {@code env} of a host reaches a rootfs or a patch. An application has it only where the Clusterfile names
     * the first master without a port, which sealos itself does not.
     */
    public SealosRuntime withClusterfileEnvironment(Map<String, String> overrides) {
        Map<String, String> taken = new LinkedHashMap<>(overrides);
        taken.keySet().removeIf(key -> key.startsWith(SealosEnv.RESERVED_PREFIX));
        return withEnvironment(taken);
    }

    /**
     * {@return the same for a sealos of this version, which it supplies to a rootfs as SEALOS_SYS_SEALOS_VERSION} A
     * sealos that was built without a version says {@code latest}, and so does this class where none is given.
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
     * {@return the commands after sealos's own expansion, as the shell gets them} U+FFFD stands for a byte that is no
     * UTF-8.
     *
     * @throws IllegalArgumentException if they have more than 4,194,304 characters together then
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

    /** {@return the variables that sealos exports to the commands, in the order in which they were set} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return the variables that sealos's own expansion knows: those it exports, and for a rootfs its own two} */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(builtIns);
        return Collections.unmodifiableMap(variables);
    }

    /**
     * {@return the variables that the commands use and nobody sets: sealos makes {@code $(NAME)} of them, which runs
     * NAME}
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
     * {@return the line of shell that sealos runs for the image: on each node for a rootfs or patch, on the first
     * master for an application, empty for a type that it does not know} Where several images are run, each has a line
     * of its own, and they run in the order of the images until one ends with an error.
     *
     * @param workDirectory the directory in which the commands run, without quotes: for a rootfs or patch that of the
     *     cluster's rootfs, for an application its own
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
}
