package io.sealos.images.internal.finder;

import java.util.List;
import java.util.stream.Stream;

/** Lists the finders for each kind of document. */
public final class Finders {
    private Finders() {}

    /**
     * {@return the finders for manifests}
     *
     * @param more the finders of the user
     * @param problems receives values that must be images but are not
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
     * {@return the finders for the values of a chart}
     *
     * @param appVersion the application version of the chart, which is the default tag; empty if it has none
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
     * {@return the finders for a list of images in a chart}
     *
     * @param name the name of the finder, as occurrences show it
     */
    public static List<MappingFinder> forLists(String name) {
        MappingFinder fields = new FieldFinder(VariableImages.ofNoOne());
        return List.of((mapping, found) -> fields.inspect(mapping, it -> found.accept(it.foundBy(name))));
    }
}
