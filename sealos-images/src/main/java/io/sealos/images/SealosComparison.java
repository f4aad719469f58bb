package io.sealos.images;

import io.sealos.images.internal.finder.ImageText;
import io.sealos.images.internal.scan.ScanIgnores;
import io.sealos.images.internal.sealos.SealosExtraction;
import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the images that sealos would extract with those of an inventory. */
final class SealosComparison {
    private static final int LONGEST_EXCERPT = 120;

    private final ImageInventory inventory;
    private final ScanIgnores ignores;
    private final Map<String, ImageReference> saved = new LinkedHashMap<>();

    SealosComparison(ImageInventory inventory, ScanIgnores ignores) {
        this.inventory = inventory;
        this.ignores = ignores;
        inventory.references().forEach(it -> saved.put(SealosName.place(it), it));
    }

    SealosCompat compare(SealosExtraction extraction) {
        List<String> failures = new ArrayList<>(extraction.failures());
        List<String> images = new ArrayList<>();
        List<SealosCompat.Invention> inventions = new ArrayList<>();
        Set<String> places = new HashSet<>();
        extraction.images().forEach((image, found) -> {
            if (extraction.isListed() && !ignores.isListed(image)) {
                Optional<ImageReference> reference = reference(found.line());
                images.add(image);
                SealosPlace.ofImage(image)
                        .refusal()
                        .ifPresent(reason -> failures.add(place(found) + ": '" + image + "' " + reason));
                reference.map(SealosName::place).ifPresent(places::add);
                if (reference.map(SealosName::place).filter(saved::containsKey).isEmpty()) {
                    inventions.add(invention(image, found, reference));
                }
            }
        });
        List<ImageReference> missed = inventory.references().stream()
                .filter(it -> !places.contains(SealosName.place(it)))
                .toList();
        return new SealosCompat(images, missed, inventions, failures, extraction.archives(), extraction.isEndless());
    }

    private static Optional<ImageReference> reference(SealosLine line) {
        try {
            String prefix = line.storage().prefix();
            return Optional.of(ImageReference.parse(line.image().substring(prefix.length())));
        } catch (ImageReferenceException e) {
            // A line of a shim list may contain any text.
            return Optional.empty();
        }
    }

    private SealosCompat.Invention invention(
            String image, SealosExtraction.Found found, Optional<ImageReference> reference) {
        String reason = reference
                .map(it -> seenReason(it).orElseGet(() -> unseenReason(it, found.line())))
                .orElse("it is not an image reference");
        return new SealosCompat.Invention(image, place(found), reason);
    }

    private static String place(SealosExtraction.Found found) {
        return found.file() + ":" + found.line().number();
    }

    /**
     * {@return the reason why an image that the scan has found as well is not saved; empty if the scan has not found
     * it}
     */
    private Optional<String> seenReason(ImageReference reference) {
        String place = SealosName.place(reference);
        return inventory.occurrences().stream()
                .filter(it -> SealosName.place(it.reference()).equals(place))
                .flatMap(it -> inventory.unsavedReason(it).stream())
                .findFirst();
    }

    /** {@return the reason why the scan has not found the image at this place} */
    private String unseenReason(ImageReference reference, SealosLine line) {
        if (ImageText.reference(line.written()).isEmpty()) {
            return "'" + line.written() + "' stands for no image";
        }
        if (line.isInsideWord()) {
            return "'image:' is the end of another word in '" + excerpt(line.text()) + "'";
        }
        return whole(reference)
                .map(it -> "it is a part of " + it + ", whose name and tag stand in fields of their own")
                .orElseGet(() -> "nothing runs an image by the line '" + excerpt(line.text()) + "'");
    }

    private Optional<ImageReference> whole(ImageReference part) {
        String end = "/" + part.familiarName();
        return saved.values().stream().filter(it -> it.name().endsWith(end)).findFirst();
    }

    private static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }
}
