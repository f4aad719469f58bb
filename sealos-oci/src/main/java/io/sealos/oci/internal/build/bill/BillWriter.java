package io.sealos.oci.internal.build.bill;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.SealosException;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.json.PrettyJson;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.trust.BillComponent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the bill of materials of a cluster image. Equal images have equal bills. */
public final class BillWriter {
    private static final String SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json";

    private final BillSource source;
    private final BillItem root;
    private final FileItems files;
    private final SortedMap<String, BillItem> images;
    private final List<BillItem> added = new ArrayList<>();
    private final SortedMap<String, BillItem> bases = new TreeMap<>();

    private BillWriter(BillSource source, List<BillComponent> more) {
        this.source = source;
        this.root = root(source);
        this.files = new FileItems(source);
        this.images = new ImageItems(source, files).items();
        source.parts().forEach(part -> part.bases().forEach(base -> addBase(base, part.platform())));
        root.dependsOn.addAll(files.top());
        root.dependsOn.addAll(imagesOfNoFile());
        add(more);
    }

    /**
     * {@return the text of the bill of an image}
     *
     * @param added the components of the caller
     * @throws BuildRefusedException if a component is in an image that the cluster image does not have
     */
    public static String write(BillSource source, List<BillComponent> added) {
        BillWriter writer = new BillWriter(source, added);
        return PrettyJson.object(writer::write);
    }

    /** {@return the images that no chart and no file of the image requests, such as those of the build file} */
    private SortedSet<String> imagesOfNoFile() {
        SortedSet<String> rest = new TreeSet<>(images.keySet());
        files.charts().values().forEach(chart -> rest.removeAll(chart.dependsOn));
        files.files().values().forEach(file -> rest.removeAll(file.dependsOn));
        return rest;
    }

    private static BillItem root(BillSource source) {
        Optional<ImageReference> name = source.names().stream().findFirst();
        Optional<Platform> platform =
                source.parts().size() == 1 ? Optional.of(source.parts().get(0).platform()) : Optional.empty();
        BillItem root = new BillItem(
                "cluster-image:" + source.digest(),
                "container",
                name.map(ImageReference::name).orElse("cluster-image"),
                name.flatMap(ImageReference::tag).orElse(source.digest().toString()));
        name.ifPresent(it -> root.purl = PackageUrl.image(it, source.digest(), platform, it.tag()));
        root.digests.add(source.digest());
        source.names().forEach(it -> root.property("reference", it.toString()));
        for (BillSource.Part part : source.parts()) {
            root.property("platform", part.platform().toString());
            if (!part.manifest().equals(source.digest())) {
                root.property("manifest:" + part.platform(), part.manifest().toString());
            }
        }
        return root;
    }

    private void addBase(BaseImage base, Platform platform) {
        Digest digest = base.manifest();
        String version = digest == null ? "" : digest.toString();
        BillItem item = new BillItem("base:" + base.name() + "@" + platform, "container", base.name(), version);
        if (digest != null) {
            item.digests.add(digest);
            reference(base.name())
                    .ifPresent(it -> item.purl = PackageUrl.image(it, digest, Optional.of(platform), it.tag()));
        }
        bases.put(item.ref, item);
    }

    private static Optional<ImageReference> reference(String name) {
        try {
            return Optional.of(ImageReference.parse(name));
        } catch (SealosException e) {
            return Optional.empty();
        }
    }

    private void add(List<BillComponent> more) {
        List<SealosException.Part> missing = new ArrayList<>();
        for (BillComponent component : more) {
            BillItem item = new BillItem(
                    "added:" + (added.size() + 1), component.type(), component.name(), component.version());
            item.purl = component.packageUrl().orElse("");
            item.license = component.license().orElse("");
            item.digests.addAll(component.digests());
            added.add(item);
            List<BillItem> users = component.image().map(this::imagesOf).orElse(List.of(root));
            users.forEach(user -> user.dependsOn.add(item.ref));
            if (users.isEmpty()) {
                missing.add(new SealosException.Part(
                        "bill of materials",
                        "'" + component + "' was added to " + component.image().get() + ", which is not in the image",
                        "name an image that is saved, as the application refers to it"));
            }
        }
        if (!missing.isEmpty()) {
            throw new BuildRefusedException(missing);
        }
    }

    private List<BillItem> imagesOf(ImageReference reference) {
        BillItem.Property property = new BillItem.Property("sealos:reference", reference.toString());
        return images.values().stream()
                .filter(item -> item.properties.contains(property))
                .toList();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("bomFormat", "CycloneDX");
        json.writeStringField("specVersion", "1.6");
        json.writeStringField(
                "serialNumber", "urn:uuid:" + NameBasedId.ofUrl(source.digest().toString()));
        json.writeNumberField("version", 1);
        json.writeObjectFieldStart("metadata");
        metadata(json);
        json.writeEndObject();
        PrettyJson.objects(json, "components", components(), BillJson::component);
        PrettyJson.objects(json, "dependencies", dependent(), (out, item) -> {
            out.writeStringField("ref", item.ref);
            PrettyJson.texts(out, "dependsOn", item.dependsOn);
        });
        compositions(json);
    }

    private void metadata(JsonGenerator json) throws IOException {
        if (source.created().isPresent()) {
            json.writeStringField("timestamp", source.created().get());
        }
        json.writeObjectFieldStart("tools");
        PrettyJson.single(json, "components", tool -> {
            tool.writeStringField("type", "library");
            tool.writeStringField("group", "io.sealos");
            tool.writeStringField("name", "sealos-oci");
            Optional<String> version = LibraryVersion.get();
            if (version.isPresent()) {
                tool.writeStringField("version", version.get());
            }
        });
        json.writeEndObject();
        json.writeObjectFieldStart("component");
        BillJson.component(json, root);
        if (!bases.isEmpty()) {
            json.writeObjectFieldStart("pedigree");
            PrettyJson.objects(json, "ancestors", bases.values(), BillJson::component);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private List<BillItem> components() {
        List<BillItem> all = new ArrayList<>(images.values());
        all.addAll(files.charts().values());
        all.addAll(files.files().values());
        all.addAll(added);
        return all;
    }

    /** {@return the components whose dependencies are known, sorted by their identifiers} */
    private Collection<BillItem> dependent() {
        SortedMap<String, BillItem> dependent = new TreeMap<>(Map.of(root.ref, root));
        for (BillItem item : components()) {
            if (!item.dependsOn.isEmpty()) {
                dependent.put(item.ref, item);
            }
        }
        return dependent.values();
    }

    /** Says that the list of images, charts and files is complete, and that of the packages in images is not known. */
    private void compositions(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("compositions");
        composition(json, source.complete() ? "complete" : "incomplete", new TreeSet<>(List.of(root.ref)));
        if (!images.isEmpty()) {
            composition(json, "unknown", new TreeSet<>(images.keySet()));
        }
        json.writeEndArray();
    }

    private static void composition(JsonGenerator json, String aggregate, SortedSet<String> assemblies)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("aggregate", aggregate);
        PrettyJson.texts(json, "assemblies", assemblies);
        json.writeEndObject();
    }
}
