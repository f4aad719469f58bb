package io.sealos.images.internal.charts;

import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.Sighting;
import java.util.HashMap;
import java.util.Map;

/** Gives what several renders of a chart have in common the place that it has in the first one: values move lines. */
final class RenderPlaces {
    private record Turn(ImageReference reference, String template, String path, String finder, int number) {
        Turn numbered(int value) {
            return new Turn(reference, template, path, finder, value);
        }
    }

    private final Map<Turn, Sighting> first = new HashMap<>();
    private final Map<Turn, Integer> counts = new HashMap<>();

    void nextRender() {
        counts.clear();
    }

    Sighting common(Sighting sighting, String template) {
        Turn alike = new Turn(sighting.reference(), template, sighting.path(), sighting.finder(), 0);
        Sighting common = first.putIfAbsent(alike.numbered(counts.merge(alike, 1, Integer::sum)), sighting);
        return common == null ? sighting : sighting.at(common.line(), common.column());
    }
}
