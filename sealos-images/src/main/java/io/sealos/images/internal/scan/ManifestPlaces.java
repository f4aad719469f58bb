package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.internal.text.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Forwards only the first places of each image of a manifest, so that a manifest of any size takes little memory. */
final class ManifestPlaces implements Consumer<Sighting> {
    static final int MOST = 100;

    /** The properties that decide whether an image is saved; places are counted for each combination. */
    private record Kind(ImageReference reference, Confidence confidence, String hook) {}

    private final Map<Kind, Integer> counts = new LinkedHashMap<>();
    private final Consumer<Sighting> first;

    ManifestPlaces(Consumer<Sighting> first) {
        this.first = first;
    }

    @Override
    public void accept(Sighting sighting) {
        Kind kind = new Kind(sighting.reference(), sighting.confidence(), sighting.hook());
        if (counts.merge(kind, 1, Integer::sum) <= MOST) {
            first.accept(sighting);
        }
    }

    /** {@return the end of a sentence for each image of which places were omitted} */
    Stream<String> unlisted() {
        return counts.entrySet().stream()
                .filter(it -> it.getValue() > MOST)
                .map(it -> it.getKey().reference() + " in " + Count.of(it.getValue(), "place") + ", of which the first "
                        + MOST + " are listed");
    }
}
