package io.sealos.layout.internal.rule;

import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.VolumeStep;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.layout.ClusterImageLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracks a directory of the context through the COPY instructions of all stages to the image. */
final class RegistryCopies {
    /** The directory to which a COPY brings the images, relative to the root of its stage. */
    record Place(CopyStep copy, String path) {}

    private static final int MOST_PLACES = 1_000;

    private final ClusterImageLayout layout;
    private final KubefileEvaluation evaluation;
    private final String directory;

    RegistryCopies(ClusterImageLayout layout, KubefileEvaluation evaluation, String directory) {
        this.layout = layout;
        this.evaluation = evaluation;
        this.directory = directory;
    }

    /**
     * {@return the places in the image; empty if another image or a command may bring more, or if there are too many}
     */
    Optional<List<Place>> places() {
        Map<Integer, Optional<List<Place>>> ofStages = new HashMap<>();
        for (Stage stage : evaluation.stages()) {
            ofStages.put(stage.index(), places(stage, ofStages));
        }
        return of(evaluation.target().index(), ofStages);
    }

    private static Optional<List<Place>> of(int stage, Map<Integer, Optional<List<Place>>> earlier) {
        return earlier.getOrDefault(stage, Optional.empty());
    }

    private Optional<List<Place>> places(Stage stage, Map<Integer, Optional<List<Place>>> earlier) {
        Optional<List<Place>> base = stage.isFromScratch()
                ? Optional.of(List.of())
                : stage.baseStage().flatMap(it -> of(it.index(), earlier));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>(base.get());
        for (BuildStep step : stage.steps()) {
            Optional<List<Place>> brought = step instanceof CopyStep copy
                    ? brought(copy, earlier)
                    : Optional.of(List.<Place>of())
                            .filter(it -> step instanceof WorkdirStep || step instanceof VolumeStep);
            if (brought.isEmpty() || places.size() + brought.get().size() > MOST_PLACES) {
                return Optional.empty();
            }
            places.addAll(brought.get());
        }
        return Optional.of(places);
    }

    private Optional<List<Place>> brought(CopyStep copy, Map<Integer, Optional<List<Place>>> earlier) {
        if (copy.fromStage().isPresent()) {
            return of(copy.fromStage().getAsInt(), earlier)
                    .map(all -> all.stream()
                            .flatMap(place -> copied(copy, place.path()).stream())
                            .toList());
        }
        boolean ignored = layout.isIgnored(directory);
        return copy.from().isPresent() ? Optional.empty() : Optional.of(ignored ? List.of() : copied(copy, directory));
    }

    /** {@return the places to which a COPY brings the path; the content of a directory goes into the destination} */
    private static List<Place> copied(CopyStep copy, String path) {
        List<Place> places = new ArrayList<>();
        for (String source : copy.sources()) {
            String rest = rest(CopySources.trim(source), path);
            if (rest != null) {
                places.add(new Place(copy, CopySources.trim(copy.destination() + "/" + rest)));
            }
        }
        return places;
    }

    /** {@return the part of the path below the source; null if the source is not one of its directories} */
    private static @Nullable String rest(String source, String path) {
        String[] patterns = source.isEmpty() ? new String[0] : source.split("/", -1);
        String[] names = path.split("/", -1);
        for (int i = 0; i < patterns.length; i++) {
            if (i >= names.length || !fits(patterns[i], names[i])) {
                return null;
            }
        }
        return String.join("/", List.of(names).subList(patterns.length, names.length));
    }

    private static boolean fits(String pattern, String name) {
        try {
            return pattern.equals(name) || GlobPattern.ofName(pattern).matches(name);
        } catch (IllegalArgumentException e) {
            return false; // The build reports the malformed pattern.
        }
    }
}
