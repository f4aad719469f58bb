package io.sealos.oci.internal.build.bill;

import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.InnerImage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Collects the images of a bill, each manifest once, with its documents and the places that request it. */
final class ImageItems {
    private static final Map<String, String> ADDRESSES = Map.of(
            "source", "vcs",
            "url", "website",
            "documentation", "documentation");

    private final BillSource source;
    private final SortedMap<String, BillItem> items = new TreeMap<>();
    private final FileItems files;

    ImageItems(BillSource source, FileItems files) {
        this.source = source;
        this.files = files;
        for (BillSource.Part part : source.parts()) {
            ImageNames names = new ImageNames(source, part);
            part.content().images().forEach(image -> add(image, names));
        }
    }

    SortedMap<String, BillItem> items() {
        return items;
    }

    private void add(InnerImage image, ImageNames names) {
        SortedSet<ImageReference> saved = names.saved(image);
        String ref = "image:" + image.repository() + "@" + image.manifest();
        BillItem item = items.computeIfAbsent(ref, added -> item(ref, image, saved));
        saved.forEach(reference -> item.property("reference", reference.toString()));
        image.tags().forEach(tag -> item.property("tag", tag));
        image.indexes().forEach(index -> item.property("index", index.toString()));
        for (ImageReference reference : names.found(image)) {
            names.occurrences(reference).forEach(occurrence -> addPlace(item, occurrence));
        }
        if (item.places.isEmpty()) {
            saved.forEach(reference -> addPlaces(item, reference));
        }
    }

    private static BillItem item(String ref, InnerImage image, SortedSet<ImageReference> saved) {
        Optional<ImageReference> reference = saved.stream().findFirst();
        Optional<String> tag = reference
                .flatMap(ImageReference::tag)
                .filter(it -> image.tags().contains(it))
                .or(() -> image.tags().stream().findFirst());
        Optional<Platform> platform =
                Optional.of(image.platform()).filter(it -> !it.isEmpty()).map(Platform::parse);
        BillItem item = new BillItem(
                ref,
                image.artifactType().isEmpty() ? "container" : "file",
                reference.map(ImageReference::name).orElse(image.repository()),
                tag.orElse(image.manifest().toString()));
        item.purl = reference
                .map(it -> PackageUrl.image(it, image.manifest(), platform, tag))
                .orElseGet(
                        () -> PackageUrl.image(image.repository(), image.manifest(), platform, tag, Optional.empty()));
        item.digests.add(image.manifest());
        item.property("size", Long.toString(image.size()));
        platform.ifPresent(it -> item.property("platform", it.toString()));
        if (!image.artifactType().isEmpty()) {
            item.property("artifactType", image.artifactType());
        }
        describe(item, image.described());
        image.documents().forEach(document -> item.links.add(link(document)));
        return item;
    }

    private static void describe(BillItem item, Map<String, String> described) {
        item.license = described.getOrDefault("licenses", "");
        item.supplier = described.getOrDefault("vendor", "");
        item.description = described.getOrDefault("description", described.getOrDefault("title", ""));
        ADDRESSES.forEach((name, type) -> {
            String address = described.getOrDefault(name, "");
            if (isAddress(address)) {
                item.links.add(new BillItem.Link(type, address, "", List.of()));
            } else if (!address.isEmpty()) {
                item.property("label:org.opencontainers.image." + name, address);
            }
        });
        for (String name : List.of("revision", "version")) {
            if (described.containsKey(name)) {
                item.property("label:org.opencontainers.image." + name, described.get(name));
            }
        }
    }

    private static boolean isAddress(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static BillItem.Link link(InnerImage.Document document) {
        String comment = document.type()
                + (document.predicate().isEmpty() ? "" : ", " + document.predicate())
                + ", in the manifest " + document.manifest();
        return new BillItem.Link(type(document), document.path(), comment, List.of(document.digest()));
    }

    /** {@return the type of a reference to a document: a bill of materials, a signature or a statement} */
    private static String type(InnerImage.Document document) {
        String kind = (document.type() + " " + document.predicate()).toLowerCase(Locale.ROOT);
        if (kind.contains("cyclonedx") || kind.contains("spdx")) {
            return "bom";
        }
        boolean signature = kind.contains("simplesigning") || kind.contains("cosign/sign/") || kind.contains("notary");
        if (signature) {
            return "digital-signature";
        }
        boolean statement = kind.contains("in-toto") || kind.contains("dsse") || kind.contains("sigstore.bundle");
        return statement ? "attestation" : "other";
    }

    private void addPlace(BillItem item, ImageOccurrence occurrence) {
        String location = occurrence.location();
        String file = location.substring(0, location.lastIndexOf(':'));
        String field = occurrence.path().isEmpty() ? "" : occurrence.path() + ", ";
        String reason = field + "found by " + occurrence.finder()
                + occurrence.chart().map(chart -> " in chart " + chart).orElse("")
                + (occurrence.scenarios().isEmpty() ? "" : ", line of the rendered template")
                + occurrence.reason().map(why -> ": " + why).orElse("");
        item.places.add(new BillItem.Place(file, occurrence.line(), reason));
        files.requesting(occurrence).forEach(requesting -> requesting.dependsOn.add(item.ref));
    }

    private void addPlaces(BillItem item, ImageReference reference) {
        source.askedAt()
                .getOrDefault(reference, List.of())
                .forEach(place -> item.places.add(new BillItem.Place(place, 0, "named for saving")));
    }
}
