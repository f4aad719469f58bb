package io.sealos.oci.internal.build.bill;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.json.PrettyJson;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.trust.BillOfMaterials;
import io.sealos.oci.trust.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the provenance of a cluster image. Equal builds have equal provenances. */
public final class ProvenanceWriter {
    private static final String BUILD_TYPE =
            "https://github.com/sealos-java/sealos-java/blob/main/docs/provenance.md#v1";
    private static final int MOST_VALUE = 4096;

    private final BillSource source;
    private final BuildInputs inputs;
    private final DocumentOptions options;
    private final Secrets secrets;
    private final List<String> withheld = new ArrayList<>();

    private final Optional<String> bill;

    private ProvenanceWriter(BillSource source, BuildInputs inputs, DocumentOptions options, Optional<String> bill) {
        this.bill = bill;
        this.source = source;
        this.inputs = inputs;
        this.options = options;
        this.secrets = new Secrets(options.withheld());
    }

    /**
     * {@return the text of the provenance of an image, which has the digest of its bill, so a signature covers both}
     */
    public static String write(BillSource source, BuildInputs inputs, DocumentOptions options, Optional<String> bill) {
        ProvenanceWriter writer = new ProvenanceWriter(source, inputs, options, bill);
        return PrettyJson.object(writer::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("_type", "https://in-toto.io/Statement/v1");
        PrettyJson.objects(json, "subject", subjects().entrySet(), (out, subject) -> {
            if (!subject.getValue().isEmpty()) {
                out.writeStringField("name", subject.getValue());
            }
            digest(out, "sha256", subject.getKey().hex());
        });
        json.writeStringField("predicateType", Provenance.PREDICATE_TYPE);
        json.writeObjectFieldStart("predicate");
        json.writeObjectFieldStart("buildDefinition");
        json.writeStringField("buildType", BUILD_TYPE);
        json.writeObjectFieldStart("externalParameters");
        parameters(json);
        json.writeEndObject();
        PrettyJson.objects(
                json,
                "resolvedDependencies",
                new ResolvedDependencies(source).all().values(),
                ProvenanceWriter::dependency);
        json.writeEndObject();
        json.writeObjectFieldStart("runDetails");
        builder(json);
        byproducts(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void byproducts(JsonGenerator json) throws IOException {
        if (bill.isPresent()) {
            String hex = Digests.sha256(bill.get()).hex();
            PrettyJson.single(json, "byproducts", out -> {
                out.writeStringField("name", "bill of materials");
                digest(out, "sha256", hex);
                out.writeStringField("mediaType", BillOfMaterials.MEDIA_TYPE);
            });
        }
    }

    /** {@return the digests of the image and of its platforms, with a name or platform} */
    private Map<Digest, String> subjects() {
        Map<Digest, String> subjects = new LinkedHashMap<>();
        subjects.put(
                source.digest(),
                inputs.names().stream()
                        .findFirst()
                        .map(ImageReference::toString)
                        .orElse(""));
        source.parts()
                .forEach(part ->
                        subjects.putIfAbsent(part.manifest(), part.platform().toString()));
        return subjects;
    }

    private static void digest(JsonGenerator json, String algorithm, String value) throws IOException {
        json.writeObjectFieldStart("digest");
        json.writeStringField(algorithm, value);
        json.writeEndObject();
    }

    private void parameters(JsonGenerator json) throws IOException {
        PrettyJson.objects(json, "buildFiles", inputs.buildFiles().entrySet(), (out, file) -> {
            out.writeStringField("name", file.getKey());
            digest(out, file.getValue().algorithm(), file.getValue().hex());
        });
        PrettyJson.texts(
                json,
                "platforms",
                inputs.platforms().stream().map(Platform::toString).toList());
        PrettyJson.texts(
                json,
                "tags",
                inputs.names().stream().map(ImageReference::toString).toList());
        Optional<String> target = inputs.options().target();
        if (target.isPresent()) {
            json.writeStringField("target", target.get());
        }
        values(json, "buildArgs", inputs.options().buildArgs());
        values(json, "env", inputs.options().env());
        values(json, "labels", inputs.options().labels());
        values(json, "annotations", inputs.annotations());
        json.writeBooleanField("saveImages", inputs.savesImages());
        if (source.created().isPresent()) {
            json.writeStringField("created", source.created().get());
        }
        PrettyJson.texts(json, "withheld", withheld);
    }

    /** Writes values, and the names of those that may be secret. */
    private void values(JsonGenerator json, String kind, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(kind);
        for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
            boolean isTooLong = value.getValue().length() > MOST_VALUE;
            if (isTooLong || secrets.isWithheld(value.getKey(), value.getValue())) {
                withheld.add(kind + "." + value.getKey());
            } else {
                json.writeStringField(value.getKey(), value.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void dependency(JsonGenerator json, ResolvedDependencies.Dependency dependency) throws IOException {
        json.writeStringField("name", dependency.name());
        if (!dependency.uri().isEmpty()) {
            json.writeStringField("uri", dependency.uri());
        }
        digest(json, dependency.algorithm(), dependency.value());
        if (!dependency.annotations().isEmpty()) {
            json.writeObjectFieldStart("annotations");
            for (Map.Entry<String, String> annotation : dependency.annotations().entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        }
    }

    private void builder(JsonGenerator json) throws IOException {
        SortedMap<String, String> versions = new TreeMap<>();
        LibraryVersion.get().ifPresent(version -> versions.put("io.sealos:sealos-oci", version));
        inputs.chartEngine().ifPresent(version -> versions.put("com.marcnuri.helm-java:helm-java", version));
        json.writeObjectFieldStart("builder");
        json.writeStringField("id", options.builder().orElse(""));
        json.writeObjectFieldStart("version");
        for (Map.Entry<String, String> version : versions.entrySet()) {
            json.writeStringField(version.getKey(), version.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
