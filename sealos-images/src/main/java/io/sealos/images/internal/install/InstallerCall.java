package io.sealos.images.internal.install;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.state.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines whether a call of a program installs applications whose manifests the program brings itself, so that their
 * images cannot be found in the context directory.
 */
final class InstallerCall {
    /** The commands of each program that install something. */
    private static final Map<String, List<String>> INSTALLERS = Map.ofEntries(
            Map.entry("argocd", List.of("app create")),
            Map.entry("cilium", List.of("install", "upgrade", "hubble enable", "clustermesh enable")),
            Map.entry("clusterctl", List.of("init", "upgrade apply")),
            Map.entry("cmctl", List.of("install")),
            Map.entry("consul-k8s", List.of("install", "upgrade")),
            Map.entry("dapr", List.of("init", "upgrade")),
            Map.entry("devspace", List.of("deploy")),
            Map.entry("flux", List.of("install", "bootstrap")),
            Map.entry("glooctl", List.of("install", "upgrade")),
            Map.entry("helmfile", List.of("apply", "sync")),
            Map.entry("istioctl", List.of("install", "upgrade", "operator init")),
            Map.entry("kapp", List.of("deploy")),
            Map.entry("karmadactl", List.of("init", "addons enable")),
            Map.entry("kbcli", List.of("kubeblocks install", "kubeblocks upgrade", "addon enable", "addon install")),
            Map.entry("liqoctl", List.of("install")),
            Map.entry("longhornctl", List.of("install")),
            Map.entry("mesheryctl", List.of("system start")),
            Map.entry("meshctl", List.of("install")),
            Map.entry("nelm", List.of("release install")),
            Map.entry("operator-sdk", List.of("olm install", "run bundle")),
            Map.entry("osm", List.of("install")),
            Map.entry("px", List.of("deploy")),
            Map.entry("sealos", List.of("run", "apply")),
            Map.entry("skaffold", List.of("run", "deploy")),
            Map.entry("subctl", List.of("deploy-broker", "join")),
            Map.entry("timoni", List.of("apply", "bundle apply")),
            Map.entry("tridentctl", List.of("install")),
            Map.entry("uds", List.of("deploy")),
            Map.entry("up", List.of("uxp install")),
            Map.entry("vela", List.of("install", "addon enable", "addon upgrade")),
            Map.entry("velero", List.of("install")),
            Map.entry("werf", List.of("converge")),
            Map.entry("zarf", List.of("init", "package deploy")));

    private static final String KUBECTL_PLUGIN = "kubectl-";
    private static final List<String> OF_PLUGINS = List.of("init", "install", "upgrade", "deploy", "bootstrap");
    private static final Set<String> PRINTING = Set.of("--help", "-h", "--export", "--dry-run", "--print");
    /** The options with which plugins of kubectl print objects instead of applying them. */
    private static final Set<String> PRINTING_OF_PLUGINS = Set.of("-o", "--output");

    private final ProgramCall call;
    private final String program;
    private final List<String> arguments;

    private InstallerCall(ProgramCall call, String program, List<String> arguments) {
        this.call = call;
        this.program = program;
        this.arguments = arguments;
    }

    static InstallerCall of(ProgramCall call) {
        return new InstallerCall(call, call.run().name(), call.run().arguments());
    }

    /** {@return the call of a plugin of kubectl, which {@code kubectl PLUGIN} runs as {@code kubectl-PLUGIN}} */
    static InstallerCall ofPlugin(ProgramCall call, List<String> operands) {
        String plugin = KUBECTL_PLUGIN + operands.get(0);
        List<String> arguments = call.run().arguments();
        return new InstallerCall(
                call, plugin, arguments.subList(arguments.indexOf(operands.get(0)) + 1, arguments.size()));
    }

    /** {@return the mark for the output, if the call installs something that the program brings} */
    Optional<Unknown> read() {
        if (isPrinting()) {
            return Optional.empty();
        }
        return command().map(command -> {
            call.problem(
                    Kind.INSTALLER,
                    "'" + program + " " + command + "' installs what the program brings or fetches, so its images are"
                            + " not known");
            return Unknown.output(program);
        });
    }

    private Optional<String> command() {
        return commands().stream().filter(this::isCalled).findFirst();
    }

    private List<String> commands() {
        return program.startsWith(KUBECTL_PLUGIN) ? OF_PLUGINS : INSTALLERS.getOrDefault(program, List.of());
    }

    /** {@return whether the command is called} Options before it may have arguments of their own. */
    private boolean isCalled(String command) {
        List<String> words = List.of(command.split(" "));
        boolean option = true;
        for (int i = 0; i < arguments.size() && option; i++) {
            List<String> operands = arguments.subList(i, arguments.size()).stream()
                    .filter(it -> !it.startsWith("-"))
                    .limit(words.size())
                    .toList();
            if (!arguments.get(i).startsWith("-") && operands.equals(words)) {
                return true;
            }
            option = arguments.get(i).startsWith("-")
                    || (i > 0 && arguments.get(i - 1).startsWith("-"));
        }
        return false;
    }

    private boolean isPrinting() {
        return arguments.stream()
                .anyMatch(it -> PRINTING.contains(it)
                        || (it.startsWith("--dry-run=") && !it.endsWith("=none") && !it.endsWith("=false"))
                        || (program.startsWith(KUBECTL_PLUGIN) && PRINTING_OF_PLUGINS.contains(it)));
    }
}
