package io.sealos.images.internal.scan;

import io.sealos.images.ImageStorage;
import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.kustomize.ChartEngine;
import io.sealos.images.internal.kustomize.Kustomizer;
import io.sealos.images.internal.kustomize.Overlay;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Evaluates the kustomizations of a context directory, and scans their objects instead of the files from which these
 * are built.
 */
final class KustomizeScan {
    /**
     * An evaluated kustomization.
     *
     * @param deployed the place of the object that deploys it; empty if it is applied as it is
     */
    private record Evaluation(Path directory, Kustomizer kustomizer, List<YamlNode> objects, String deployed) {}

    private final ContextFiles files;
    private final ScanFindings findings;
    private final ChartEngine charts;
    private final Map<Path, Evaluation> evaluations = new LinkedHashMap<>();
    private final List<Evaluation> deployed = new ArrayList<>();
    private final Set<Evaluation> scanned = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The files of kustomizations that cannot be evaluated, with the places of what applies them. */
    private final Map<Path, Set<String>> unevaluated = new LinkedHashMap<>();
    /** The directories that commands apply, with the places of the commands. */
    private final Map<Path, Set<String>> applied = new LinkedHashMap<>();

    KustomizeScan(ContextFiles files, ScanFindings findings, ChartEngine charts) {
        this.files = files;
        this.findings = findings;
        this.charts = charts;
    }

    /**
     * Adds a directory that a command applies. It is scanned even if another kustomization refers to it.
     *
     * @param built whether kustomize builds it, which can render charts, and not {@code kubectl apply -k}
     */
    void addApplied(Path directory, String commandPlace, boolean built) throws IOException {
        Path followed = files.isInside(directory) ? files.followed(directory) : files.plain(directory);
        applied.computeIfAbsent(followed, it -> new LinkedHashSet<>()).add(commandPlace);
        evaluate(followed, built);
    }

    /**
     * Adds a directory that an object of Flux or Argo CD deploys.
     *
     * @param rendersCharts whether the program that deploys it renders charts
     * @param after a change to each object after the evaluation
     */
    void addDeployed(
            Path directory, Overlay overlay, String place, boolean rendersCharts, UnaryOperator<YamlNode> after)
            throws IOException {
        Kustomizer kustomizer = new Kustomizer(directory, files, rendersCharts ? charts : null, overlay);
        List<YamlNode> objects = kustomizer.build().stream().map(after).toList();
        deployed.add(new Evaluation(directory, kustomizer, objects, place));
    }

    /** Adds every kustomization below the manifests. */
    void addManifests() throws IOException {
        for (Path file : files.below(StandardDirectory.MANIFESTS)) {
            if (Kustomizer.isKustomization(file) && !findings.ignores().leavesOut(files.name(file))) {
                evaluate(files.plain(file.resolveSibling("")), true);
            }
        }
    }

    private void evaluate(Path directory, boolean rendersCharts) throws IOException {
        if (!evaluations.containsKey(directory)) {
            Kustomizer kustomizer = new Kustomizer(directory, files, rendersCharts ? charts : null, null);
            evaluations.put(directory, new Evaluation(directory, kustomizer, kustomizer.build(), ""));
        }
    }

    /**
     * Scans the objects of all kustomizations that are applied or deployed, or to which nothing else refers, each only
     * once.
     */
    void scan() throws IOException {
        Set<Path> parts = parts();
        for (Evaluation evaluation : List.copyOf(evaluations.values())) {
            Path directory = evaluation.directory();
            if ((applied.containsKey(directory) || !parts.contains(directory)) && scanned.add(evaluation)) {
                scan(evaluation, List.copyOf(applied.getOrDefault(directory, Set.of())));
            }
        }
        for (Evaluation evaluation : deployed) {
            if (scanned.add(evaluation)) {
                scan(evaluation, List.of(evaluation.deployed()));
            }
        }
    }

    /** {@return the directories whose objects are part of another kustomization} */
    private Set<Path> parts() {
        Set<Path> parts = new HashSet<>();
        Stream.concat(evaluations.values().stream(), deployed.stream())
                .filter(it -> it.kustomizer().isEvaluated())
                .forEach(evaluation -> evaluation.kustomizer().files().stream()
                        .filter(Kustomizer::isKustomization)
                        .map(it -> files.plain(it.resolveSibling("")))
                        .filter(it -> !it.equals(evaluation.directory())
                                || !evaluation.deployed().isEmpty())
                        .forEach(parts::add));
        return parts;
    }

    /**
     * {@return the files of applied or deployed kustomizations that cannot be evaluated, since the last call} They are
     * scanned unchanged.
     */
    Map<Path, Set<String>> takeUnevaluated() {
        Map<Path, Set<String>> taken = new LinkedHashMap<>(unevaluated);
        unevaluated.clear();
        return taken;
    }

    private void scan(Evaluation evaluation, List<String> commands) throws IOException {
        Kustomizer kustomizer = evaluation.kustomizer();
        if (!kustomizer.isEvaluated()) {
            for (Path file : kustomizer.referredFiles()) {
                unevaluated.computeIfAbsent(file, it -> new LinkedHashSet<>()).addAll(commands);
            }
        }
        kustomizer
                .problems()
                .forEach(it -> findings.problem(it.kind(), files.name(it.file()), it.line(), it.message()));
        evaluation.objects().forEach(it -> scan(it, kustomizer, commands));
    }

    private void scan(YamlNode object, Kustomizer kustomizer, List<String> commands) {
        ReplacedValues replaced = new ReplacedValues(object);
        IntFunction<Source> source = line -> Source.applied(files.name(kustomizer.file(line)), commands);
        ManifestStream stream = new ManifestStream(
                        findings.finders(new SourcePlaces(source, kustomizer::line, it -> false)),
                        it -> findings.add(
                                // The objects are applied as they are, without Helm and its hooks.
                                it.at(kustomizer.line(it.line()), it.column()).withHook(""),
                                source(kustomizer, it, commands, replaced)),
                        (kind, line, message) -> findings.problem(
                                kind, files.name(kustomizer.file(line)), kustomizer.line(line), message))
                .reportingTo(findings.objects(files.name(kustomizer.file(object.line())), kustomizer::line, false));
        stream.scan(object);
    }

    private Source source(Kustomizer kustomizer, Sighting found, List<String> commands, ReplacedValues replaced) {
        int line = found.line();
        String template = kustomizer.template(line);
        String chart = template.substring(0, Math.max(0, template.indexOf('/')));
        return new Source(
                files.name(kustomizer.file(line)),
                chart,
                template,
                List.of(),
                commands,
                replaced.places(found.path(), it -> files.name(kustomizer.file(it)) + ":" + kustomizer.line(it)),
                ImageStorage.REGISTRY);
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
