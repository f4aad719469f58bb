package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.internal.rule.RegistryCopies.Place;
import java.util.List;
import java.util.Optional;

/**
 * The place to which COPY brings the saved images. Sealos reads {@code /registry} of the image, and no other directory.
 */
final class RegistryPlace {
    /** The entry that every such directory has. */
    static final String PATH = StandardDirectory.REGISTRY + "/docker";

    private RegistryPlace() {}

    private static boolean isRight(Place place) {
        return place.path().equals(PATH);
    }

    /** {@return the directory of the images, for a message} */
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

    /** {@return whether it is known that no COPY brings the images into the image} */
    static boolean isLost(ClusterImageLayout layout) {
        return known(layout).filter(List::isEmpty).isPresent();
    }

    /** Reports the places of the images if none of them is the right one. */
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

    /** Reports each place other than the right one, and each COPY to the right one that a later one repeats. */
    static void reportSecond(ClusterImageLayout layout, FindingSink findings) {
        List<Place> places = places(layout);
        List<Place> right = places.stream().filter(RegistryPlace::isRight).toList();
        if (!right.isEmpty() && hasImages(layout)) {
            right.subList(0, right.size() - 1)
                    .forEach(it -> findings.report(
                            it.copy().instruction().range(),
                            "a later COPY brings the images to the same place, so the cluster image has them twice",
                            "copy the other directories by their names, without registry"));
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
