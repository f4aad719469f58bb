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
 * What sealos will do with an image when it runs it: the commands in order, the environment they will see, and what its
 * own expansion makes of {@code $} before the shell sees them. Immutable.
 *
 * <p>Source: {@code OCIToImageMount} and {@code guest.go} of sealos.
 */
public final class SealosRuntime {
    private final List<String> commands;
    private final Map<String, String> environment;

    private SealosRuntime(List<String> commands, Map<String, String> environment) {
        this.commands = List.copyOf(commands);
        this.environment = Collections.unmodifiableMap(environment);
    }

    /** {@return what sealos does without options of the user} */
    public static SealosRuntime of(ContainerConfig config) {
        return new SealosRuntime(commands(config.entrypoint(), config.cmd()), environment(config));
    }

    /** {@return the same with {@code --cmd}: it takes the place of CMD, ENTRYPOINT stays} */
    public SealosRuntime withCmd(ContainerConfig config, List<String> cmd) {
        return new SealosRuntime(commands(config.entrypoint(), cmd), environment);
    }

    /** {@return the same with {@code -e}: these win over ENV, but those that begin with SEALOS_SYS_ are dropped} */
    public SealosRuntime withEnvironment(Map<String, String> overrides) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        overrides.forEach((key, value) -> {
            if (!key.startsWith(SealosEnv.RESERVED_PREFIX)) {
                merged.put(key, Objects.requireNonNull(value));
            }
        });
        return new SealosRuntime(commands, merged);
    }

    /** {@return the same with the version that sealos supplies as SEALOS_SYS_SEALOS_VERSION} */
    public SealosRuntime withSealosVersion(String version) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        merged.put(SealosEnv.SEALOS_VERSION.key(), version);
        return new SealosRuntime(commands, merged);
    }

    /**
     * {@return the shell commands in the order in which they run: each element of ENTRYPOINT, then each of CMD, without
     * the elements {@code /bin/sh} and {@code -c}}
     */
    public List<String> commands() {
        return commands;
    }

    /**
     * {@return the commands after sealos's own expansion, as the shell gets them}
     *
     * @throws IllegalArgumentException if they have more than 4,194,304 characters together then
     */
    public List<String> expandedCommands() {
        List<String> expanded = new ArrayList<>();
        long characters = 0;
        for (String command : commands) {
            String text = new DollarExpansion(command, environment::get).expand();
            characters += text.length();
            if (characters > DollarExpansion.LONGEST) {
                throw DollarExpansion.tooLong();
            }
            expanded.add(text);
        }
        return List.copyOf(expanded);
    }

    /** {@return the environment that the commands see: ENV without PATH, and what sealos supplies} */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * {@return the variables that the commands use and nobody sets: sealos makes {@code $(NAME)} of them, which runs
     * NAME}
     */
    public List<String> unknownVariables() {
        Set<String> unknown = new LinkedHashSet<>();
        commands.forEach(command -> new DollarExpansion(command, name -> {
                    if (!environment.containsKey(name)) {
                        unknown.add(name);
                    }
                    return "";
                })
                .expand());
        return List.copyOf(unknown);
    }

    private static List<String> commands(List<String> entrypoint, List<String> cmd) {
        List<String> commands = new ArrayList<>(entrypoint);
        commands.addAll(cmd);
        commands.removeIf(element -> element.equals("/bin/sh") || element.equals("-c"));
        return commands;
    }

    private static Map<String, String> environment(ContainerConfig config) {
        Map<String, String> environment = new LinkedHashMap<>(config.env());
        environment.remove("PATH");
        Optional<String> version = SealosLabel.VERSION.value(config.labels());
        version.ifPresent(v -> environment.put(SealosEnv.KUBE_VERSION.key(), v));
        return environment;
    }
}
