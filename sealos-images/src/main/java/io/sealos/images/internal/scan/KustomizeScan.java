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
 * The kustomizations of a context: each is evaluated, and its objects are scanned in the place of the files that they
 * are made of.
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

    /** Adds a directory that a command applies, so that it counts although another kustomization refers to it. */
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

    /** Scans the objects of all kustomizations that are applied, or that no other is made of. */
    void scan() {
        Set<Path> parts = parts();
        evaluations.forEach((directory, evaluation) -> {
            if (applied.containsKey(directory) || !parts.contains(directory)) {
                scan(evaluation, List.copyOf(applied.getOrDefault(directory, Set.of())));
            }
        });
    }

    /** The directories whose objects are in those of another kustomization. */
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
                (kind, line, message) ->
                        findings.problem(kind, files.name(kustomizer.file(line)), kustomizer.line(line), message));
        evaluation.objects().forEach(stream::scan);
    }

    /**
     * The files that stand for nothing by themselves: their images are those that the kustomizations make of them.
     * Where a kustomization cannot be evaluated, its files keep theirs.
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
