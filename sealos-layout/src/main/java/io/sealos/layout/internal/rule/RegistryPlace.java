package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.internal.rule.RegistryCopies.Place;
import java.util.List;
import java.util.Optional;

/**
 * Where COPY puts the directory of the saved images: sealos looks in {@code /registry} of the image, and nowhere else.
 */
final class RegistryPlace {
    /** What every such directory has. */
    static final String PATH = StandardDirectory.REGISTRY + "/docker";

    private RegistryPlace() {}

    private static boolean isRight(Place place) {
        return place.path().equals(PATH);
    }

    /** The directory that holds the images there. */
    private static String directory(Place place) {
        int slash = place.path().lastIndexOf('/');
        return slash < 0 ? "the root of the image" : place.path().substring(0, slash);
    }

    private static Optional<List<Place>> known(ClusterImageLayout layout) {
        return layout.evaluation().flatMap(it -> new RegistryCopies(layout, it, PATH).places());
    }

    private static List<Place> places(ClusterImageLayout layout) {
        return known(layout).orElse(List.of());
    }

    /** Whether a stage gets the images and the image itself does not. */
    static boolean isLost(ClusterImageLayout layout) {
        return known(layout).filter(List::isEmpty).isPresent();
    }

    /** Reports where the images land, where none of them land in the right place. */
    static void reportWrong(ClusterImageLayout layout, FindingSink findings) {
        List<Place> places = places(layout);
        Optional<Place> wrong = places.stream().anyMatch(RegistryPlace::isRight)
                ? Optional.empty()
                : places.stream().findFirst();
        wrong.filter(it -> hasImages(layout))
                .ifPresent(it -> findings.report(
                        it.copy().instruction().range(),
                        "the images land in " + directory(it) + ", and sealos looks for them in registry of the image"
                                + " only",
                        "copy the directory by itself: COPY registry registry"));
    }

    /** Reports each further place beside the right one. */
    static void reportSecond(ClusterImageLayout layout, FindingSink findings) {
        List<Place> places = places(layout);
        if (places.stream().anyMatch(RegistryPlace::isRight) && hasImages(layout)) {
            places.stream()
                    .filter(it -> !isRight(it))
                    .forEach(it -> findings.report(
                            it.copy().instruction().range(),
                            "the images land in " + directory(it)
                                    + " as well, and sealos takes them for plain files there",
                            "copy the other directories by their names, without registry"));
        }
    }

    private static boolean hasImages(ClusterImageLayout layout) {
        return !layout.images().references().isEmpty()
                || layout.file(PATH)
                        .filter(it -> it.kind() == ContextFile.Kind.DIRECTORY)
                        .isPresent();
    }
}
