package io.sealos.oci.internal.build.bill;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.internal.json.PrettyJson;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Writes the parts of a bill in the form of CycloneDX 1.6. */
final class BillJson {
    private BillJson() {}

    static void component(JsonGenerator json, BillItem item) throws IOException {
        json.writeStringField("type", item.type);
        json.writeStringField("bom-ref", item.ref);
        if (!item.supplier.isEmpty()) {
            json.writeObjectFieldStart("supplier");
            json.writeStringField("name", item.supplier);
            json.writeEndObject();
        }
        json.writeStringField("name", item.name);
        text(json, "version", item.version);
        text(json, "description", item.description);
        hashes(json, item.digests);
        license(json, item.license);
        text(json, "purl", item.purl);
        links(json, item);
        places(json, item);
        properties(json, item.properties);
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void hashes(JsonGenerator json, List<Digest> digests) throws IOException {
        if (!digests.isEmpty()) {
            PrettyJson.objects(json, "hashes", digests, (out, digest) -> {
                out.writeStringField(
                        "alg", digest.algorithm().toUpperCase(Locale.ROOT).replace("SHA", "SHA-"));
                out.writeStringField("content", digest.hex());
            });
        }
    }

    private static void license(JsonGenerator json, String license) throws IOException {
        if (license.isEmpty()) {
            return;
        }
        boolean expression = License.isExpression(license);
        PrettyJson.single(json, "licenses", out -> {
            if (expression) {
                out.writeStringField("expression", license);
                out.writeStringField("acknowledgement", "declared");
            } else {
                out.writeObjectFieldStart("license");
                out.writeStringField("name", license);
                out.writeStringField("acknowledgement", "declared");
                out.writeEndObject();
            }
        });
    }

    private static void links(JsonGenerator json, BillItem item) throws IOException {
        if (!item.links.isEmpty()) {
            PrettyJson.objects(json, "externalReferences", item.links, (out, link) -> {
                out.writeStringField("type", link.type());
                out.writeStringField("url", link.url());
                text(out, "comment", link.comment());
                hashes(out, link.digests());
            });
        }
    }

    private static void places(JsonGenerator json, BillItem item) throws IOException {
        if (item.places.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("evidence");
        PrettyJson.objects(json, "occurrences", item.places, (out, place) -> {
            out.writeStringField("location", place.location());
            if (place.line() > 0) {
                out.writeNumberField("line", place.line());
            }
            // The path of the field is here, because version 9 of cyclonedx-core-java reads a symbol as a number.
            text(out, "additionalContext", place.reason());
        });
        json.writeEndObject();
    }

    static void properties(JsonGenerator json, Collection<BillItem.Property> properties) throws IOException {
        if (!properties.isEmpty()) {
            PrettyJson.objects(json, "properties", properties, (out, property) -> {
                out.writeStringField("name", property.name());
                out.writeStringField("value", property.value());
            });
        }
    }
}
