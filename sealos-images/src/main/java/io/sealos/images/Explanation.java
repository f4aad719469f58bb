package io.sealos.images;

import io.sealos.images.internal.charts.ChartRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains to people why an image is saved or not. */
final class Explanation {
    private final ImageInventory inventory;
    private final ImageReference reference;
    private final List<ImageOccurrence> occurrences;

    Explanation(ImageInventory inventory, ImageReference reference) {
        this.inventory = inventory;
        this.reference = reference;
        this.occurrences = inventory.occurrences(reference);
    }

    @Override
    public String toString() {
        Stream<String> verdict = Stream.of(reference + " " + (occurrences.isEmpty() ? absence() : verdict()));
        return Stream.concat(verdict, occurrences.stream().map(this::place)).collect(Collectors.joining("\n"));
    }

    private String verdict() {
        boolean saved =
                occurrences.stream().anyMatch(it -> inventory.unsavedReason(it).isEmpty());
        return saved ? "is saved" : "is not saved";
    }

    private String absence() {
        String others = inventory.all().stream()
                .filter(it -> it.name().equals(reference.name()))
                .map(ImageReference::toString)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? "was not found; list it in a file of images/shim to have it saved"
                : "was not found, but of the same repository: " + others;
    }

    private String place(ImageOccurrence occurrence) {
        Optional<String> hook = occurrence.hook().map(events -> "Helm hook " + events);
        Optional<String> exclusion = inventory.unsavedReason(occurrence).map(reason -> "not saved: " + reason);
        String facts = Stream.of(
                        Optional.of(occurrence.confidence() + " by " + occurrence.finder()),
                        Optional.of(occurrence.path()).filter(path -> !path.isEmpty()),
                        occurrence.reason(),
                        hook,
                        scenarios(occurrence),
                        replaced(occurrence),
                        commands(occurrence),
                        exclusion)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return "  " + position(occurrence) + "\n    " + facts;
    }

    /**
     * {@return the scenarios whose values are necessary; empty if the image occurs with the default values of the
     * chart}
     */
    private static Optional<String> scenarios(ImageOccurrence occurrence) {
        List<String> names = occurrence.scenarios();
        return names.isEmpty() || names.contains(ChartRun.DEFAULTS)
                ? Optional.empty()
                : Optional.of("with the values of " + String.join(", ", names));
    }

    private static Optional<String> replaced(ImageOccurrence occurrence) {
        return Optional.of(String.join(", ", occurrence.replaced()))
                .filter(it -> !it.isEmpty())
                .map(it -> "in place of " + it);
    }

    private static Optional<String> commands(ImageOccurrence occurrence) {
        return Optional.of(String.join(", ", occurrence.commands()))
                .filter(it -> !it.isEmpty())
                .map(it -> "applied by " + it);
    }

    private static String position(ImageOccurrence occurrence) {
        return occurrence
                        .template()
                        .map(template -> occurrence.file() + ", rendered " + template)
                        .orElse(occurrence.file())
                + ":"
                + occurrence.line();
    }
}
