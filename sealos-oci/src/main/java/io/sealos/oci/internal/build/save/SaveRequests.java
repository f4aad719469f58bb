package io.sealos.oci.internal.build.save;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageStorage;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.source.StorageSource;
import io.sealos.oci.internal.source.TarList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides from which source each image is fetched. In this order, it is a source that the caller has given, an archive
 * of the context, an image storage of this machine, or the registry of the image.
 */
final class SaveRequests {
    static final String GIVEN = "image(...) of the builder";

    private final SaveOptions options;
    private final ImageInventory inventory;

    private SaveRequests(SaveOptions options, ImageInventory inventory) {
        this.options = options;
        this.inventory = inventory;
    }

    static List<SaveRequest> of(SaveOptions options, Path context, ImageInventory inventory) throws IOException {
        return options.saveImages() ? new SaveRequests(options, inventory).all(TarList.read(context)) : List.of();
    }

    private List<SaveRequest> all(List<SaveRequest> archives) {
        List<SaveRequest> requests = new ArrayList<>(given());
        requests.addAll(archived(archives));
        requests.addAll(others(requests));
        return options.artifacts() ? withArtifacts(requests) : requests;
    }

    /** {@return the requests with those for artifacts, for some of which there may be a source already} */
    private List<SaveRequest> withArtifacts(List<SaveRequest> images) {
        List<SaveRequest> requests = new ArrayList<>(images);
        for (ImageReference artifact : inventory.artifacts()) {
            String place = ImagePlaces.ofArtifact(artifact, inventory).get(0);
            Predicate<SaveRequest> same = it -> it.reference().withDefaultTag().equals(artifact);
            if (requests.stream().anyMatch(same)) {
                requests.replaceAll(it -> same.test(it) ? it.asArtifact(place) : it);
            } else {
                requests.add(SaveRequest.of(artifact, place).asArtifact(place));
            }
        }
        return requests;
    }

    private List<SaveRequest> given() {
        List<SaveRequest> requests = new ArrayList<>();
        options.images()
                .forEach((reference, source) -> requests.add(SaveRequest.of(reference, source, givenAt(reference))));
        return requests;
    }

    /** {@return the place that requests an image; the call of the builder if no file requests it} */
    private String givenAt(ImageReference reference) {
        String place = ImagePlaces.first(reference, inventory);
        return place.isEmpty() ? GIVEN : place;
    }

    private List<SaveRequest> archived(List<SaveRequest> archives) {
        return archives.stream()
                .flatMap(this::asAsked)
                .filter(request ->
                        !options.images().containsKey(request.reference().withDefaultTag()))
                .toList();
    }

    /** {@return the requests for an archive under the names by which the application refers to its image} */
    private Stream<SaveRequest> asAsked(SaveRequest archive) {
        List<SaveRequest> asked = inventory.references().stream()
                .filter(archive::answers)
                .map(archive::named)
                .toList();
        return asked.isEmpty() ? Stream.of(archive) : asked.stream();
    }

    private List<SaveRequest> others(List<SaveRequest> atHand) {
        Set<ImageReference> known = atHand.stream()
                .map(request -> request.reference().withDefaultTag())
                .collect(Collectors.toSet());
        return inventory.references().stream()
                .filter(reference -> !known.contains(reference.withDefaultTag()))
                .map(reference -> inStorage(reference)
                        .orElseGet(() -> SaveRequest.of(reference, ImagePlaces.first(reference, inventory))))
                .toList();
    }

    /**
     * {@return the request for an image that a list takes from a storage of this machine, if there is a program to read
     * it}
     */
    private Optional<SaveRequest> inStorage(ImageReference reference) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return inventory.occurrences(reference).stream()
                .filter(it -> it.ignoredBy().isEmpty())
                .map(ImageOccurrence::storage)
                .filter(storage -> storage != ImageStorage.REGISTRY)
                .findFirst()
                .flatMap(storage -> storage.program(path)
                        .map(program -> new StorageSource(
                                storage, program, reference.withDefaultTag().familiarString())))
                .map(source -> SaveRequest.of(reference, source, ImagePlaces.first(reference, inventory)));
    }
}
