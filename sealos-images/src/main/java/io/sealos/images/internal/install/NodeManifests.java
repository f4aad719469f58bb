package io.sealos.images.internal.install;

import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.List;
import java.util.Set;

/** Finds the static manifests, which a node runs because a command copies them to a directory that the node watches. */
final class NodeManifests {
    private static final List<String> DIRECTORIES = List.of(
            "/etc/kubernetes/manifests",
            "/var/lib/rancher/k3s/server/manifests",
            "/var/lib/rancher/rke2/server/manifests");
    /** The redirections of output. */
    private static final Set<String> WRITING = Set.of(">", ">>", ">|", "&>", "&>>");

    private static final Set<String> COPYING = Set.of("cp", "mv", "install", "ln", "scp", "rsync", "sealos");

    private final ProgramCall call;

    NodeManifests(ProgramCall call) {
        this.call = call;
    }

    /** Reads the manifests that the call copies there, if any. */
    void read() {
        List<String> operands = call.run().arguments().stream()
                .filter(it -> !it.startsWith("-"))
                .toList();
        String name = call.run().name();
        String target = operands.isEmpty() ? "" : operands.get(operands.size() - 1);
        if (!isThere(target)) {
            return;
        }
        ManifestSource source = new ManifestSource(call, true);
        if (name.equals("tee")) {
            source.read("-");
        } else if (WRITING.contains(name)) {
            source.read(target);
        } else if (COPYING.contains(name)) {
            operands.subList(0, operands.size() - 1).stream()
                    .filter(source::isThere)
                    .forEach(source::read);
        }
    }

    private static String withoutHost(String target) {
        int colon = target.indexOf(":/");
        return colon > 0 && target.indexOf('/') > colon ? target.substring(colon + 1) : target;
    }

    /** {@return whether the target is such a directory, on this machine or on another one as {@code host:/path}} */
    private boolean isThere(String target) {
        String path = ImagePath.resolve(call.run().directory(), withoutHost(target));
        return !Unknowns.in(target) && DIRECTORIES.stream().anyMatch(it -> ImagePath.isBelow(path, it));
    }
}
