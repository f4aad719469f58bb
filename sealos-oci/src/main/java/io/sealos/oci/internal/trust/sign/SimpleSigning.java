package io.sealos.oci.internal.trust.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Signatures in the <a href="https://github.com/sigstore/cosign/blob/v2.4.1/specs/SIGNATURE_SPEC.md">classic form of
 * cosign</a>: an image with a tag that follows from the digest, whose layers are the signed payloads and have the
 * signatures as annotations.
 */
public final class SimpleSigning {
    /** The media type of a payload. */
    public static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    /** The type of a payload. */
    public static final String TYPE = "cosign container image signature";
    /** The annotation with the signature of a payload. */
    public static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    /** The name in a signature of an image without one, since cosign refuses a payload without a name. */
    private static final String UNNAMED = "localhost/unnamed";

    private static final String LAYERS = "layers";
    private static final String DIGEST = "digest";

    private SimpleSigning() {}

    /**
     * Signs a manifest with all keys and for all names.
     *
     * @param names the names of the image; may be empty
     */
    static Artifact sign(Subject subject, List<String> names, List<SigningKey> keys) {
        List<ArtifactBlob> layers = new ArrayList<>();
        for (String name : names.isEmpty() ? List.of(UNNAMED) : names) {
            byte[] payload = payload(subject, name);
            for (SigningKey key : keys) {
                String signature = Base64.getEncoder().encodeToString(key.sign(payload));
                layers.add(new ArtifactBlob(PAYLOAD, payload, Map.of(SIGNATURE, signature)));
            }
        }
        return artifact(subject, layers);
    }

    /** {@return the artifact with given payloads and signatures} */
    public static Artifact artifact(Subject subject, List<ArtifactBlob> layers) {
        ArtifactBlob config = config(layers.stream().map(ArtifactBlob::digest).map(Digest::toString));
        List<ArtifactBlob> blobs = new ArrayList<>(List.of(config));
        blobs.addAll(layers);
        return new Artifact(
                subject,
                "",
                ArtifactDocuments.manifest("", config, layers, null, Map.of()),
                blobs,
                Collections.emptySortedMap(),
                Optional.of(subject.signatureTag()));
    }

    /**
     * A manifest with the signatures of two others.
     *
     * @param config its configuration, which is not stored yet
     */
    public record Joined(ArtifactBlob config, ArtifactBlob manifest) {}

    /** Adds the signatures of a manifest to those of an earlier one, unless they are there. */
    public static Joined join(JsonNode earlier, byte[] manifest) throws IOException {
        ObjectNode joined = Documents.object(manifest).deepCopy();
        Set<JsonNode> layers = new LinkedHashSet<>();
        earlier.path(LAYERS).forEach(layers::add);
        joined.path(LAYERS).forEach(layers::add);
        ArtifactBlob config =
                config(layers.stream().map(layer -> layer.path(DIGEST).asText("")));
        joined.withObject("/config").put(DIGEST, config.digest().toString()).put("size", config.size());
        joined.putArray(LAYERS).addAll(layers);
        byte[] document = joined.toString().getBytes(StandardCharsets.UTF_8);
        return new Joined(config, new ArtifactBlob(MediaTypes.OCI_MANIFEST, document, Map.of()));
    }

    private static byte[] payload(Subject subject, String name) {
        return ArtifactDocuments.object(json -> {
            json.writeObjectFieldStart("critical");
            json.writeObjectFieldStart("identity");
            json.writeStringField("docker-reference", name);
            json.writeEndObject();
            json.writeObjectFieldStart("image");
            json.writeStringField("docker-manifest-digest", subject.digest().toString());
            json.writeEndObject();
            json.writeStringField("type", TYPE);
            json.writeEndObject();
            json.writeNullField("optional");
        });
    }

    /** Creates a configuration as that of an image, as cosign does, because some registries require one. */
    private static ArtifactBlob config(Stream<String> diffIds) {
        byte[] document = ArtifactDocuments.object(json -> {
            json.writeStringField("architecture", "");
            json.writeStringField("os", "");
            json.writeObjectFieldStart("config");
            json.writeEndObject();
            json.writeObjectFieldStart("rootfs");
            json.writeStringField("type", "layers");
            json.writeArrayFieldStart("diff_ids");
            for (String diffId : (Iterable<String>) diffIds::iterator) {
                json.writeString(diffId);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return new ArtifactBlob(MediaTypes.OCI_CONFIG, document, Map.of());
    }
}
