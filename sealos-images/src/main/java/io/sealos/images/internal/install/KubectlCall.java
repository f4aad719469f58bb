package io.sealos.images.internal.install;

import io.sealos.images.internal.install.Applied.Sureness;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Determines what a call of kubectl applies to the cluster. */
final class KubectlCall {
    private static final String PROGRAM = "kubectl";
    private static final Set<String> APPLYING = Set.of("apply", "create", "replace");
    /** The verbs that print changed objects with {@code --local}. */
    private static final Set<String> CHANGING = Set.of("set", "label", "annotate", "patch");
    /** The commands of kubectl itself. Any other is a plugin. */
    private static final Set<String> COMMANDS = Set.of(("alpha annotate api-resources api-versions apply attach auth "
                    + "autoscale certificate cluster-info completion config cordon cp create debug delete describe "
                    + "diff drain edit events exec explain expose get help kuberc kustomize label logs options patch "
                    + "plugin port-forward proxy replace rollout run scale set taint top uncordon version wait")
            .split(" "));
    /** The subcommands of {@code apply} that change only an annotation of the object. */
    private static final Set<String> NOTING = Set.of("view-last-applied", "set-last-applied", "edit-last-applied");

    private static final Set<String> CONFIG_MAPS = Set.of("configmap", "configmaps", "cm");

    private static final Set<String> OF_PODS = Set.of(
            "deployment",
            "deployments",
            "deploy",
            "job",
            "jobs",
            "cronjob",
            "cronjobs",
            "cj",
            "statefulset",
            "daemonset");

    private final ProgramCall call;
    private final CommandLine line;
    private final List<String> operands;

    KubectlCall(ProgramCall call) {
        this.call = call;
        this.line = CommandLine.parse(Grammars.KUBECTL, call.run().arguments());
        this.operands =
                line.operands().stream().filter(it -> !Unknowns.isAll(it)).toList();
    }

    /** {@return whether the arguments of kubectl apply files} */
    static boolean isApplying(CommandLine line) {
        return line.operands().stream().anyMatch(APPLYING::contains);
    }

    /** {@return the mark for the output} The objects of a dry run count when they are applied. */
    Unknown read() {
        if (!isDry()) {
            return bring();
        }
        List<Applied> kept = new ArrayList<>();
        new KubectlCall(call.keeping(kept)).bring();
        return call.printing(PROGRAM, kept);
    }

    private boolean isDry() {
        boolean dry = line.has("dry-run") && !Set.of("none", "false").contains(line.last("dry-run", ""));
        return dry || line.has("local");
    }

    private Unknown bring() {
        String verb = operand(0);
        if (APPLYING.contains(verb) || isNotKnown(verb)) {
            apply(verb);
        } else if (verb.equals("run") || verb.equals("debug")) {
            images(verb);
            line.all("overrides").forEach(it -> new PatchSource(call).read("pod", it));
        } else if (verb.equals("kustomize")) {
            return kustomize();
        }
        if (CHANGING.contains(verb)) {
            change(verb);
        } else if (!verb.isEmpty() && call.run().name().startsWith(PROGRAM) && !COMMANDS.contains(verb)) {
            InstallerCall.ofPlugin(call, operands).read();
        }
        return Unknown.found(PROGRAM);
    }

    private String operand(int index) {
        return operands.size() > index ? operands.get(index) : "";
    }

    /** {@return whether the verb itself is not known} */
    private boolean isNotKnown(String verb) {
        return verb.isEmpty() && !line.operands().isEmpty();
    }

    private void apply(String verb) {
        if (NOTING.contains(operand(1))) {
            return;
        }
        manifests();
        if (verb.equals("create") && OF_PODS.contains(operand(1))) {
            images("create " + operand(1));
        } else if (verb.equals("create") && CONFIG_MAPS.contains(operand(1))) {
            new ObjectSource(call, line).configMap();
        }
    }

    /** Reads the files of the options, and those after them, which kubectl would refuse. */
    private void manifests() {
        ManifestSource source = new ManifestSource(call, isRecursive());
        List<String> names = line.all("filename");
        names.forEach(it -> new CommaList(it, "").parts().forEach(source::read));
        line.all("kustomize").forEach(source::kustomization);
        operands.stream()
                .skip(1)
                .filter(it -> !names.isEmpty() && source.isThere(it))
                .forEach(source::read);
    }

    private boolean isRecursive() {
        return line.has("recursive") && !line.last("recursive", "").equals("false");
    }

    private void images(String what) {
        for (String image : line.all("image")) {
            call.image(PROGRAM + " " + what, image, Sureness.RUN);
        }
    }

    private void change(String verb) {
        if (line.has("local")) {
            manifests();
        }
        if (verb.equals("set") && operand(1).equals("image")) {
            operands.stream()
                    .skip(2)
                    .filter(it -> it.indexOf('=') > 0)
                    .forEach(it -> call.image(PROGRAM + " set image", it.substring(it.indexOf('=') + 1), Sureness.RUN));
        } else if (verb.equals("set") && operand(1).equals("env")) {
            new ObjectSource(call, line)
                    .environment(Stream.concat(operands.stream().skip(2), line.all("env").stream())
                            .toList());
        } else if (verb.equals("patch")) {
            PatchSource patch = new PatchSource(call);
            line.all("patch").forEach(it -> patch.read(operand(1), it));
            line.all("patch-file").forEach(it -> patch.readFile(operand(1), it));
        }
    }

    private Unknown kustomize() {
        return new KustomizeCall(call).build(PROGRAM, operands.size() > 1 ? operand(1) : ".", line.last("output", ""));
    }
}
