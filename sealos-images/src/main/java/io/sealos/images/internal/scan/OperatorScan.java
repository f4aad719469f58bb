package io.sealos.images.internal.scan;

import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.operator.Fact;
import io.sealos.images.internal.operator.Operator;
import io.sealos.images.internal.operator.OperatorFinder;
import io.sealos.images.internal.operator.OperatorResource;
import io.sealos.images.internal.operator.OperatorRun;
import io.sealos.images.internal.operator.Operators;
import io.sealos.images.internal.operator.OtherObjects;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Collects the operators of a scan and their custom resources, and reports the images that the operators start. */
public final class OperatorScan {
    /** The most resources of a file with the same fields that are listed. */
    static final int MOST_PLACES = 100;
    /** The most ways in which an operator runs, with different versions, arguments or variables. */
    static final int MOST_RUNS = 20;

    private static final int MOST_COLLECTED = 1_000;

    /** A place in a file. */
    record Place(Source source, int line, int column, String path, Predicate<String> unknown) {}

    /** A resource with its name, and its place. */
    record Named(String name, Place place) {}

    private record ResourceKey(String file, String template, OperatorResource resource) {}

    private final Operators operators;
    /** The runs of each operator, by its name. */
    private final Map<String, Map<OperatorRun, Place>> runs = new HashMap<>();

    private final Map<ResourceKey, List<Named>> resources = new LinkedHashMap<>();
    private final Map<ResourceKey, Integer> unlisted = new LinkedHashMap<>();
    private final OtherObjects others = new OtherObjects();
    private final Set<ImageReference> saved = new HashSet<>();
    private final Set<String> savedNames = new HashSet<>();

    OperatorScan(Operators operators) {
        this.operators = operators;
    }

    /** {@return a finder for the documents of a file, which collects and reports no images} */
    MappingFinder finder(SourcePlaces places) {
        return new OperatorFinder(operators, new OperatorFinder.Listener() {
            @Override
            public void run(OperatorRun run, YamlNode image, String path) {
                addRun(run, place(places, image, path));
            }

            @Override
            public void resource(OperatorResource resource, String name, YamlNode node, String path) {
                OperatorScan.this.resource(resource, new Named(name, place(places, node, path)));
            }

            @Override
            public void object(OperatorResource object) {
                others.add(object);
            }
        });
    }

    private static Place place(SourcePlaces places, YamlNode node, String path) {
        Source source = places.source().apply(node.line());
        return new Place(source, places.line().applyAsInt(node.line()), node.column(), path, places.unknown());
    }

    private void resource(OperatorResource resource, Named named) {
        Source source = named.place().source();
        ResourceKey key = new ResourceKey(source.file(), source.template(), resource);
        List<Named> known = resources.computeIfAbsent(key, it -> new ArrayList<>(1));
        for (int i = 0; i < known.size(); i++) {
            Place other = known.get(i).place();
            // The other scenarios of a chart render the resource at other lines.
            if (!source.chart().isEmpty() && known.get(i).name().equals(named.name())) {
                Source united = other.source().united(source);
                known.set(
                        i,
                        new Named(
                                named.name(),
                                new Place(united, other.line(), other.column(), other.path(), other.unknown())));
                return;
            }
        }
        if (known.size() < MOST_PLACES) {
            known.add(named);
        } else {
            unlisted.merge(key, 1, Integer::sum);
        }
    }

    /** Records an image that the scan has found. */
    void saw(Sighting sighting, Source source, String ignoredBy) {
        boolean kept = sighting.confidence().isSaved()
                && ignoredBy.isEmpty()
                && !sighting.hook().startsWith("test");
        if (kept && saved.add(sighting.reference())) {
            savedNames.add(sighting.reference().name());
            operators.runBy(sighting.reference()).ifPresent(operator -> {
                OperatorRun run = OperatorRun.ofImage(operator, sighting.reference());
                Place place = new Place(source, sighting.line(), sighting.column(), sighting.path(), it -> false);
                addRun(run, place);
            });
        }
    }

    private void addRun(OperatorRun run, Place place) {
        Map<OperatorRun, Place> own = runs.computeIfAbsent(run.operator().name(), it -> new LinkedHashMap<>());
        if (own.size() < MOST_COLLECTED) {
            own.putIfAbsent(run, place);
        }
    }

    /** Reports the images that the operators start and that the scan has not found elsewhere. */
    public void report(ScanFindings findings) {
        Set<String> kinds = new HashSet<>();
        resources.keySet().forEach(it -> kinds.add(it.resource().kind()));
        Set<String> served = served();
        OperatorReport report = new OperatorReport(findings, others, Set.copyOf(saved), Set.copyOf(savedNames));
        for (Operator operator : operators.found()) {
            Map<OperatorRun, Place> own = runsOf(operator);
            if (own.size() > MOST_RUNS) {
                report.tooMany(operator, own.values().iterator().next(), own.size());
                own.keySet().removeAll(own.keySet().stream().skip(MOST_RUNS).toList());
            }
            own.forEach(report::ofRun);
            resources.forEach((key, places) -> {
                // A kind may belong to several operators, of which usually one runs.
                if (!own.isEmpty() || !served.contains(key.resource().kind())) {
                    report.ofResource(operator, own, key.resource(), places);
                }
            });
            own.forEach((run, place) -> report.ofLaterResources(run, place, kinds));
        }
        unlisted.forEach((key, count) -> findings.listener()
                .notice(key.file() + " has " + (count + MOST_PLACES) + " resources of the kind "
                        + key.resource().kind() + " with the same fields, of which the first " + MOST_PLACES
                        + " are listed for the images that their operator starts"));
    }

    /** {@return the kinds of the resources for which an operator that runs starts images} */
    private Set<String> served() {
        return operators.found().stream()
                .filter(it -> runs.containsKey(it.name()))
                .flatMap(it -> it.facts().stream())
                .map(Fact::resource)
                .collect(Collectors.toSet());
    }

    /**
     * {@return the ways in which an operator runs; an image without a container counts only if there is no container}
     */
    private Map<OperatorRun, Place> runsOf(Operator operator) {
        Map<OperatorRun, Place> own = new LinkedHashMap<>();
        Set<String> tags = new HashSet<>();
        Map<OperatorRun, Place> found = runs.getOrDefault(operator.name(), Map.of());
        found.forEach((run, place) -> {
            if (run.container().isPresent()) {
                own.put(run, place);
                tags.add(run.tag());
            }
        });
        found.forEach((run, place) -> {
            // An image without a tag, such as in an annotation, says less than a container.
            boolean says = !run.tag().isEmpty() || tags.isEmpty();
            if (run.container().isEmpty() && says && tags.add(run.tag())) {
                own.put(run, place);
            }
        });
        return own;
    }
}
