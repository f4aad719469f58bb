package io.sealos.images.internal.finder;

import java.util.List;
import java.util.stream.Stream;

/** Which finders look at what. */
public final class Finders {
    private Finders() {}

    /**
     * For what will be applied to a cluster.
     *
     * @param more the user's own
     * @param problems are told of what has to be an image and is none
     */
    public static List<MappingFinder> forManifests(List<MappingFinder> more, ManifestProblems problems) {
        VariableImages variables = new VariableImages(problems);
        return Stream.concat(
                        Stream.<MappingFinder>of(
                                new PodSpecFinder(problems, variables),
                                new EnvironmentFinder(),
                                new ArgumentFinder(),
                                new SplitFinder("", variables),
                                new FieldFinder(variables),
                                new PackageFinder(),
                                new ConfigTextFinder(),
                                new KustomizeFinder()),
                        more.stream())
                .toList();
    }

    /**
     * For the values of a chart.
     *
     * @param appVersion the chart's version of its application, which is the usual tag; empty if it has none
     */
    public static List<MappingFinder> forValues(String appVersion) {
        VariableImages variables = VariableImages.ofNoOne();
        return List.of(
                new EnvironmentFinder(),
                new ArgumentFinder(),
                new SplitFinder(appVersion, variables),
                new FieldFinder(variables));
    }

    /**
     * For a list of images that an author keeps.
     *
     * @param name of the finder, as occurrences show it
     */
    public static List<MappingFinder> forLists(String name) {
        MappingFinder fields = new FieldFinder(VariableImages.ofNoOne());
        return List.of((mapping, found) -> fields.inspect(mapping, it -> found.accept(it.foundBy(name))));
    }
}
