package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.inspect.InnerImage;
import io.sealos.oci.internal.source.SiteNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the references by which an image in a registry directory was saved, and the places that request it. */
final class ImageNames {
    private final Map<ImageReference, Digest> saved;
    private final Map<ImageReference, List<ImageOccurrence>> occurrences = new LinkedHashMap<>();
    /** The references by their repository at the site. It is only used for lookups. */
    private final Map<String, List<ImageReference>> savedByRepository = new HashMap<>();

    private final Map<String, List<ImageReference>> foundByRepository = new HashMap<>();

    ImageNames(BillSource source, BillSource.Part part) {
        this.saved = part.saved();
        saved.keySet().forEach(reference -> add(savedByRepository, reference));
        for (ImageOccurrence occurrence : source.inventory().occurrences()) {
            if (occurrence.ignoredBy().isEmpty()) {
                ImageReference reference = occurrence.reference().withDefaultTag();
                if (!occurrences.containsKey(reference)) {
                    add(foundByRepository, reference);
                }
                occurrences
                        .computeIfAbsent(reference, added -> new ArrayList<>())
                        .add(occurrence);
            }
        }
    }

    private static void add(Map<String, List<ImageReference>> map, ImageReference reference) {
        map.computeIfAbsent(SiteNames.repository(reference), added -> new ArrayList<>())
                .add(reference);
    }

    /** {@return the references by which an image was saved; empty if it was in the context or a base image} */
    SortedSet<ImageReference> saved(InnerImage image) {
        SortedSet<ImageReference> references = new TreeSet<>();
        for (ImageReference reference : savedByRepository.getOrDefault(image.repository(), List.of())) {
            Digest digest = saved.get(reference);
            if (digest != null && has(image, digest)) {
                references.add(reference);
            }
        }
        return references;
    }

    /** {@return the references in the context for which an image is served at the site} */
    SortedSet<ImageReference> found(InnerImage image) {
        SortedSet<ImageReference> references = new TreeSet<>();
        for (ImageReference reference : foundByRepository.getOrDefault(image.repository(), List.of())) {
            Digest digest = saved.get(reference);
            if (digest == null ? isServedFor(image, reference) : has(image, digest)) {
                references.add(reference);
            }
        }
        return references;
    }

    private static boolean isServedFor(InnerImage image, ImageReference reference) {
        return reference.digest().isPresent()
                ? has(image, reference.digest().get())
                : reference.tag().filter(it -> image.tags().contains(it)).isPresent();
    }

    private static boolean has(InnerImage image, Digest digest) {
        return image.manifest().equals(digest) || image.indexes().stream().anyMatch(it -> it.equals(digest));
    }

    /** {@return the places that request an image} */
    List<ImageOccurrence> occurrences(ImageReference reference) {
        return occurrences.getOrDefault(reference, List.of());
    }
}
