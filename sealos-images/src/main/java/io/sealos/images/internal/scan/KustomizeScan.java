package io.sealos.images.internal.scan;

import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.kustomize.Kustomizer;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates the kustomizations of a context directory, and scans their objects instead of the files from which these
 * are built.
 */
final class KustomizeScan {
    /** An evaluated kustomization. */
    private record Evaluation(Kustomizer kustomizer, List<YamlNode> objects) {}

    private final ContextFiles files;
    private final ScanFindings findings;
    private final Map<Path, Evaluation> evaluations = new LinkedHashMap<>();
    /** The directories that commands apply, with the places of the commands. */
    private final Map<Path, Set<String>> applied = new LinkedHashMap<>();

    KustomizeScan(ContextFiles files, ScanFindings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Adds a directory that a command applies. It is scanned even if another kustomization refers to it. */
    void addApplied(Path directory, String commandPlace) throws IOException {
        Path followed = files.isInside(directory) ? files.followed(directory) : files.plain(directory);
        applied.computeIfAbsent(followed, it -> new LinkedHashSet<>()).add(commandPlace);
        evaluate(followed);
    }

    /** Adds every kustomization below the manifests. */
    void addManifests() throws IOException {
        for (Path file : files.below(StandardDirectory.MANIFESTS)) {
            if (Kustomizer.isKustomization(file) && !findings.ignores().leavesOut(files.name(file))) {
                evaluate(files.plain(file.resolveSibling("")));
            }
        }
    }

    private void evaluate(Path directory) throws IOException {
        if (!evaluations.containsKey(directory)) {
            Kustomizer kustomizer = new Kustomizer(directory, files);
            evaluations.put(directory, new Evaluation(kustomizer, kustomizer.build()));
        }
    }

    /** Scans the objects of all kustomizations that are applied, or to which no other kustomization refers. */
    void scan() {
        Set<Path> parts = parts();
        evaluations.forEach((directory, evaluation) -> {
            if (applied.containsKey(directory) || !parts.contains(directory)) {
                scan(evaluation, List.copyOf(applied.getOrDefault(directory, Set.of())));
            }
        });
    }

    /** {@return the directories whose objects are part of another kustomization} */
    private Set<Path> parts() {
        Set<Path> parts = new HashSet<>();
        evaluations.forEach((directory, evaluation) -> {
            if (evaluation.kustomizer().isEvaluated()) {
                evaluation.kustomizer().files().stream()
                        .filter(Kustomizer::isKustomization)
                        .map(it -> files.plain(it.resolveSibling("")))
                        .filter(it -> !it.equals(directory))
                        .forEach(parts::add);
            }
        });
        return parts;
    }

    private void scan(Evaluation evaluation, List<String> commands) {
        Kustomizer kustomizer = evaluation.kustomizer();
        kustomizer
                .problems()
                .forEach(it -> findings.problem(it.kind(), files.name(it.file()), it.line(), it.message()));
        ManifestStream stream = new ManifestStream(
                        findings.userFinders(),
                        it -> findings.add(
                                it.at(kustomizer.line(it.line()), it.column()),
                                Source.applied(files.name(kustomizer.file(it.line())), commands)),
                        (kind, line, message) -> findings.problem(
                                kind, files.name(kustomizer.file(line)), kustomizer.line(line), message))
                .withObjects(it ->
                        findings.objects().add(it, files.name(kustomizer.file(it.line())), kustomizer::line, false));
        evaluation.objects().forEach(stream::scan);
    }

    /**
     * {@return the files that are scanned as part of a kustomization, and not by themselves} The files of a
     * kustomization that cannot be evaluated are not included.
     */
    Set<Path> replacedFiles() {
        Set<Path> replaced = new HashSet<>();
        for (Evaluation evaluation : evaluations.values()) {
            if (evaluation.kustomizer().isEvaluated()) {
                replaced.addAll(evaluation.kustomizer().files());
            }
        }
        return replaced;
    }
}
