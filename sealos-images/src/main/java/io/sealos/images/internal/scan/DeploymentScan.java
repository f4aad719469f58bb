package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.kustomize.Overlay;
import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.internal.files.SlashPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Scans the directories that objects of Flux and Argo CD deploy. The repository is not known here, so a directory is
 * taken from the context directory if it is there, and is a gap else.
 */
final class DeploymentScan {
    private static final int MOST = 500;
    private static final List<String> NAMES = List.of("namePrefix", "nameSuffix", "patches", "components", "images");

    private final ContextFiles files;
    private final ScanFindings findings;
    private final KustomizeScan kustomizations;
    private final Set<String> keys = new HashSet<>();
    private final List<InstalledChart> charts = new ArrayList<>();
    private final List<ArgoDirectory> directories = new ArrayList<>();

    DeploymentScan(ContextFiles files, ScanFindings findings, KustomizeScan kustomizations) {
        this.files = files;
        this.findings = findings;
        this.kustomizations = kustomizations;
    }

    /**
     * Evaluates the objects that were found since the last call.
     *
     * @return whether there were any
     */
    boolean evaluate() throws IOException {
        boolean some = false;
        for (Deployment deployment : findings.newDeployments()) {
            if (keys.add(key(deployment))) {
                some = true;
                evaluateNew(deployment);
            }
        }
        return some;
    }

    /** {@return the directory with all that changes it, so that objects that deploy each other end} */
    private static String key(Deployment deployment) throws IOException {
        try {
            return deployment.shown() + NodeText.of(deployment.source());
        } catch (ValuesException e) {
            throw new IOException("an object was larger after it was read", e);
        }
    }

    private void evaluateNew(Deployment deployment) throws IOException {
        if (keys.size() > MOST) {
            problem(deployment, Kind.UNREAD, "is one of more than " + MOST + " objects that deploy directories");
            return;
        }
        Optional<Path> directory = directory(deployment.path());
        if (directory.isEmpty()) {
            missing(deployment);
        } else if (deployment.isFlux()) {
            flux(deployment, directory.get());
        } else {
            argo(deployment, directory.get());
        }
    }

    private void missing(Deployment deployment) {
        String path = deployment.source().textOf("path");
        boolean isBelow = !deployment.path().isEmpty() && !path.contains("..");
        String fix = isBelow
                ? "put the directory into the context directory at this path"
                : "put its manifests into manifests/";
        findings.problem(
                Kind.REMOTE,
                deployment.file(),
                deployment.line(),
                "the " + deployment.shown() + " deploys " + (path.isEmpty() ? "all" : "'" + path + "'") + " of "
                        + deployment.repository() + ", which the context does not have",
                fix + "; or list its images in a file of images/shim, and accept this gap");
    }

    private void problem(Deployment deployment, Kind kind, String message) {
        findings.problem(kind, deployment.file(), deployment.line(), "the " + deployment.shown() + " " + message);
    }

    /** {@return a directory below the context directory} */
    private Optional<Path> directory(String name) throws IOException {
        try {
            Path path = files.context().resolve(SlashPath.of(files.context().getFileSystem(), name));
            if (name.isEmpty() || !Files.isDirectory(path) || !files.isInside(path)) {
                return Optional.empty();
            }
            Path found = files.followed(path);
            return found.equals(files.followed(files.context())) ? Optional.empty() : Optional.of(found);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void flux(Deployment deployment, Path directory) throws IOException {
        YamlNode spec = deployment.source();
        YamlNode fields = fields(spec, NAMES);
        YamlNode namespace = spec.get("targetNamespace");
        fields = namespace == null ? fields : fields.with("namespace", namespace);
        Overlay overlay = new Overlay(files.context().resolve(deployment.file()), fields, true);
        UnaryOperator<YamlNode> variables = new FluxVariables(spec, variables(deployment))::apply;
        kustomizations.addDeployed(directory, overlay, deployment.place(), false, variables);
        for (String old : List.of("patchesStrategicMerge", "patchesJson6902")) {
            if (spec.get(old) != null) {
                problem(
                        deployment,
                        Kind.UNREAD,
                        "has the field '" + old + "', which is not evaluated here; use 'patches'");
            }
        }
    }

    /** {@return a function from the kind and name of an object to its variables; it looks in the same namespace} */
    private BiFunction<String, String, Optional<Map<String, String>>> variables(Deployment deployment) {
        YamlNode metadata = deployment.root().get("metadata");
        String namespace = metadata == null ? "" : metadata.textOf("namespace");
        return (kind, name) -> findings.siteObjects().data(kind, namespace, name);
    }

    private static YamlNode fields(YamlNode from, List<String> names) {
        YamlNode fields = YamlNode.mapping(new YamlNode.Place(from.line(), from.column()));
        for (String name : names) {
            YamlNode value = from.get(name);
            fields = value == null ? fields : fields.with(name, value);
        }
        return fields;
    }

    private void argo(Deployment deployment, Path directory) throws IOException {
        ArgoSource source = new ArgoSource(deployment, directory, files);
        switch (source.type()) {
            case PLUGIN -> problem(deployment, Kind.UNREAD, "deploys the output of a plugin, which is not run here");
            case HELM -> charts.add(source.chart((kind, message) -> problem(deployment, kind, message)));
            case KUSTOMIZE -> {
                Overlay overlay = new Overlay(files.context().resolve(deployment.file()), source.changes(), false);
                kustomizations.addDeployed(directory, overlay, deployment.place(), true, it -> it);
            }
            default -> directories.add(new ArgoDirectory(directory, source.options(), deployment));
        }
    }

    /** {@return the charts that were found since the last call} */
    List<InstalledChart> takeCharts() {
        List<InstalledChart> found = List.copyOf(charts);
        charts.clear();
        return found;
    }

    /** {@return the directories of manifests that were found since the last call} */
    List<ArgoDirectory> takeDirectories() {
        List<ArgoDirectory> found = List.copyOf(directories);
        directories.clear();
        return found;
    }
}
