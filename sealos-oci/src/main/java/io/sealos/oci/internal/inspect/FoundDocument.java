package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import java.util.Map;

/**
 * A document that is attached to an image.
 *
 * @param digest the digest of its manifest
 * @param subject the digest of the manifest to which it is attached
 * @param artifactType the type of the artifact; the media type of the content if there is none
 * @param content the digest of the content
 * @param size the size of the content in bytes
 * @param annotations the annotations of its manifest
 * @param layers the descriptors of its content
 */
public record FoundDocument(
        Digest digest,
        Digest subject,
        String artifactType,
        Digest content,
        long size,
        Map<String, String> annotations,
        JsonNode layers) {
    public FoundDocument {
        annotations = Map.copyOf(annotations);
    }
}
