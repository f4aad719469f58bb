package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A component of a bill while it is collected. Mutable. */
final class BillItem {
    private static final Comparator<Link> LINKS =
            Comparator.comparing(Link::type).thenComparing(Link::url).thenComparing(Link::comment);
    private static final Comparator<Place> PLACES =
            Comparator.comparing(Place::location).thenComparing(Place::line).thenComparing(Place::reason);
    private static final Comparator<Property> PROPERTIES =
            Comparator.comparing(Property::name).thenComparing(Property::value);

    final String ref;
    final String type;
    final String name;
    final String version;
    String purl = "";
    String description = "";
    String supplier = "";
    String license = "";
    final List<Digest> digests = new ArrayList<>();
    final SortedSet<Link> links = new TreeSet<>(LINKS);
    final SortedSet<Place> places = new TreeSet<>(PLACES);
    final SortedSet<Property> properties = new TreeSet<>(PROPERTIES);
    final SortedSet<String> dependsOn = new TreeSet<>();

    BillItem(String ref, String type, String name, String version) {
        this.ref = ref;
        this.type = type;
        this.name = name;
        this.version = version;
    }

    void property(String property, String value) {
        properties.add(new Property("sealos:" + property, value));
    }

    /** A name and a value. */
    record Property(String name, String value) {}

    /** A place that requests an image; the line is 0 if it is not known. */
    record Place(String location, int line, String reason) {}

    /** A document or address; the digests are empty if they are not known. */
    record Link(String type, String url, String comment, List<Digest> digests) {}
}
