package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.CopyStep;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import java.util.List;
import java.util.Optional;

/** Where COPY puts the folder of the saved images: sealos looks in {@code /registry} of the image, and nowhere else. */
final class RegistryPlace {
    /** What every such folder has. */
    static final String PATH = StandardDirectory.REGISTRY + "/docker";

    private RegistryPlace() {}

    private record Place(CopyStep copy, String path) {
        boolean isRight() {
            return path.equals(PATH);
        }

        /** The folder that holds the images there. */
        String folder() {
            int slash = path.lastIndexOf('/');
            return slash < 0 ? "the root of the image" : path.substring(0, slash);
        }
    }

    private static List<Place> places(ClusterImageLayout layout) {
        ImagePaths paths = new ImagePaths(layout);
        return paths.areKnown()
                ? paths.copies().stream()
                        .flatMap(copy -> paths.places(copy, PATH).map(path -> new Place(copy, path)))
                        .toList()
                : List.of();
    }

    /** Reports where the images land, where none of them land in the right place. */
    static void reportWrong(ClusterImageLayout layout, FindingSink findings) {
        List<Place> places = places(layout);
        Optional<Place> wrong = places.stream().anyMatch(Place::isRight)
                ? Optional.empty()
                : places.stream().findFirst();
        wrong.filter(it -> hasImages(layout))
                .ifPresent(it -> findings.report(
                        it.copy().instruction().range(),
                        "the images land in " + it.folder() + ", and sealos looks for them in registry of the image"
                                + " only",
                        "copy the folder by itself: COPY registry registry"));
    }

    /** Reports each further place beside the right one. */
    static void reportSecond(ClusterImageLayout layout, FindingSink findings) {
        List<Place> places = places(layout);
        if (places.stream().anyMatch(Place::isRight) && hasImages(layout)) {
            places.stream()
                    .filter(it -> !it.isRight())
                    .forEach(it -> findings.report(
                            it.copy().instruction().range(),
                            "the images land in " + it.folder()
                                    + " as well, and sealos takes them for plain files there",
                            "copy the other folders by their names, without registry"));
        }
    }

    private static boolean hasImages(ClusterImageLayout layout) {
        return !layout.images().references().isEmpty()
                || layout.file(PATH)
                        .filter(it -> it.kind() == ContextFile.Kind.FOLDER)
                        .isPresent();
    }
}
