package io.sealos.images;

import io.sealos.images.internal.kustomize.Kustomizer;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.scan.ManifestStream;
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
        Path plain = files.plain(directory);
        applied.computeIfAbsent(plain, it -> new LinkedHashSet<>()).add(commandPlace);
        evaluate(plain);
    }

    /** Adds every kustomization below the manifests. */
    void addManifests() throws IOException {
        for (Path file : files.below(StandardDirectory.MANIFESTS)) {
            Path directory = files.plain(file.resolveSibling(""));
            if (file.equals(Kustomizer.fileOf(directory)) && !findings.ignores().leavesOut(files.name(file))) {
                evaluate(directory);
            }
        }
    }

    private void evaluate(Path directory) throws IOException {
        if (!evaluations.containsKey(directory)) {
            Kustomizer kustomizer = new Kustomizer(directory, files);
            evaluations.put(directory, new Evaluation(kustomizer, kustomizer.build()));
        }
    }

    /** Scans the objects of all kustomizations that are applied, or that no other refers to. */
    void scan() {
        evaluations.forEach((directory, evaluation) -> {
            if (applied.containsKey(directory) || !isReferredTo(directory)) {
                scan(evaluation, List.copyOf(applied.getOrDefault(directory, Set.of())));
            }
        });
    }

    private boolean isReferredTo(Path directory) {
        Path own = Kustomizer.fileOf(directory);
        return evaluations.entrySet().stream()
                .filter(it -> !it.getKey().equals(directory))
                .anyMatch(it -> it.getValue().kustomizer().files().contains(own));
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
