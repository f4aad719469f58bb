package io.sealos.oci.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bill of materials as <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6 JSON</a>. That of a cluster image
 * lists its images ({@code container}), charts ({@code application}) and files with their digests, the files and lines
 * that request the images, and what depends on what. Immutable and thread-safe.
 *
 * @see io.sealos.oci.ClusterImageBuilder
 * @see io.sealos.oci.ClusterImage#billOfMaterials
 * @since 0.1.0
 */
public final class BillOfMaterials {
    /** The media type of the JSON text: {@value}. */
    public static final String MEDIA_TYPE = "application/vnd.cyclonedx+json";

    private static final String KIND = "bill of materials";

    private final String json;
    private final Optional<BillComponent> subject;
    private final List<BillComponent> components;

    private BillOfMaterials(String json, JsonNode root) {
        JsonNode described = root.path("metadata").path("component");
        this.json = json;
        this.subject = described.isObject() ? Optional.of(component(described)) : Optional.empty();
        this.components = List.copyOf(components(root.path("components")));
    }

    /**
     * {@return the bill in a text} Only what {@link #components} returns is read. The text is kept unchanged, and is
     * not compared with the schema.
     *
     * @param json the text, with at most 64 Mi characters
     * @throws TrustDocumentException if it is not a JSON object of CycloneDX 1.6, or too long
     */
    public static BillOfMaterials parse(String json) {
        JsonNode root = DocumentText.object(KIND, Objects.requireNonNull(json, "json"));
        DocumentText.require(KIND, root, "bomFormat", "CycloneDX");
        DocumentText.require(KIND, root, "specVersion", "1.6");
        return new BillOfMaterials(json, root);
    }

    private static List<BillComponent> components(JsonNode list) {
        List<BillComponent> components = new ArrayList<>();
        for (JsonNode component : list) {
            components.add(component(component));
        }
        return components;
    }

    private static BillComponent component(JsonNode component) {
        List<Digest> digests = new ArrayList<>();
        for (JsonNode hash : component.path("hashes")) {
            String algorithm = switch (hash.path("alg").asText("")) {
                case "SHA-256" -> "sha256";
                case "SHA-512" -> "sha512";
                default -> "";
            };
            DocumentText.digest(algorithm, hash.path("content").asText("")).ifPresent(digests::add);
        }
        return new BillComponent(
                component.path("type").asText(""),
                component.path("name").asText(""),
                component.path("version").asText(""),
                component.path("purl").asText(""),
                license(component.path("licenses").path(0)),
                digests);
    }

    private static String license(JsonNode license) {
        String expression = license.path("expression").asText("");
        String id = license.path("license").path("id").asText("");
        String name = license.path("license").path("name").asText("");
        return !expression.isEmpty() ? expression : !id.isEmpty() ? id : name;
    }

    /** {@return the described image, with the digest of its manifest or index; empty if the bill has none} */
    public Optional<BillComponent> subject() {
        return subject;
    }

    /** {@return the components, in the order of the bill, without those that are nested in others} */
    public List<BillComponent> components() {
        return components;
    }

    /** {@return the JSON text, with line feeds as line terminators if this library has written it} */
    public String toJson() {
        return json;
    }

    /**
     * Writes the text to a file in UTF-8, such as {@code shop.tar.cdx.json} beside an archive. The file appears under
     * its name when it is complete, and replaces an existing one.
     *
     * @param file the file, in a directory that exists
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        DocumentText.write(file, json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BillOfMaterials that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** {@return the described image and the number of components} */
    @Override
    public String toString() {
        return "bill of materials of " + subject.map(BillComponent::toString).orElse("nothing") + " with "
                + components.size() + " components";
    }
}
