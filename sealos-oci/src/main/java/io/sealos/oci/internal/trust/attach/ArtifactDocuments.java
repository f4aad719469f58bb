package io.sealos.oci.internal.trust.attach;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates the manifests of artifacts and the lists of referrers, with their properties in a fixed order. */
public final class ArtifactDocuments {
    /** The annotation with the tag of an artifact in the list of a layout. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The annotation of an image in the index of a layout, with the digest of the list of its artifacts. */
    public static final String LIST = "io.sealos.image.documents";

    private ArtifactDocuments() {}

    /** Writes the properties of a document. */
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Creates the manifest of an artifact.
     *
     * @param artifactType the type of the artifact; empty if the media type of the configuration tells it
     * @param subject the subject; null if clients find the artifact by its tag
     */
    public static byte[] manifest(
            String artifactType,
            ArtifactBlob config,
            List<ArtifactBlob> layers,
            @Nullable Subject subject,
            Map<String, String> annotations) {
        return object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_MANIFEST);
            if (!artifactType.isEmpty()) {
                json.writeStringField("artifactType", artifactType);
            }
            json.writeFieldName("config");
            blob(json, config);
            json.writeArrayFieldStart("layers");
            for (ArtifactBlob layer : layers) {
                blob(json, layer);
            }
            json.writeEndArray();
            if (subject != null) {
                json.writeFieldName("subject");
                descriptor(json, subject.mediaType(), subject.digest(), subject.size(), "", Map.of());
            }
            annotations(json, annotations);
        });
    }

    /** Creates the list of artifacts of a layout, in which the tag of an artifact is an annotation. */
    public static byte[] list(List<Artifact> artifacts) {
        return list(List.of(), artifacts);
    }

    /** Creates a list of artifacts that begins with the descriptors of others. */
    public static byte[] list(List<JsonNode> others, List<Artifact> artifacts) {
        Set<String> added =
                artifacts.stream().map(artifact -> artifact.digest().toString()).collect(Collectors.toSet());
        return object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (JsonNode other : others) {
                if (!added.contains(other.path("digest").asText())) {
                    json.writeRawValue(other.toString());
                }
            }
            for (Artifact artifact : artifacts) {
                SortedMap<String, String> annotations = new TreeMap<>(artifact.annotations());
                artifact.tag().ifPresent(tag -> annotations.put(REF_NAME, tag));
                descriptor(
                        json,
                        MediaTypes.OCI_MANIFEST,
                        artifact.digest(),
                        artifact.size(),
                        artifact.artifactType(),
                        annotations);
            }
            json.writeEndArray();
        });
    }

    private static void blob(JsonGenerator json, ArtifactBlob blob) throws IOException {
        descriptor(json, blob.mediaType(), blob.digest(), blob.size(), "", blob.annotations());
    }

    private static void descriptor(
            JsonGenerator json,
            String mediaType,
            Digest digest,
            long size,
            String artifactType,
            Map<String, String> annotations)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", mediaType);
        json.writeStringField("digest", digest.toString());
        json.writeNumberField("size", size);
        if (!artifactType.isEmpty()) {
            json.writeStringField("artifactType", artifactType);
        }
        annotations(json, annotations);
        json.writeEndObject();
    }

    private static void annotations(JsonGenerator json, Map<String, String> annotations) throws IOException {
        if (annotations.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : new TreeMap<>(annotations).entrySet()) {
            json.writeStringField(annotation.getKey(), annotation.getValue());
        }
        json.writeEndObject();
    }

    /** Creates a document in memory. */
    public static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
