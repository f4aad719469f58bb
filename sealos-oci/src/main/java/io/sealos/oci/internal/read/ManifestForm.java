package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The form of a document: an index or a manifest. A document that has both forms could be one image for this library
 * and another one for a node.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh">CVE-2021-41190</a>
 */
public enum ManifestForm {
    INDEX,
    MANIFEST;

    private static final Set<String> INDEXES = Set.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST_LIST);
    private static final Set<String> MANIFESTS = Set.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final String OF_INDEXES = "manifests";
    /** The main field of the form to which a field belongs. */
    private static final Map<String, String> PARTS =
            Map.of(OF_INDEXES, OF_INDEXES, "config", "layers", "layers", "layers", "fslayers", "fsLayers");

    /**
     * Returns the form of a document.
     *
     * @throws IOException if it has fields of both forms, or its media type is that of the other form; the message
     *     continues the name of the document
     */
    public static ManifestForm of(JsonNode document) throws IOException {
        return check(document, "");
    }

    /**
     * Returns the form of a document that was served with a media type. Media types other than those of images are
     * ignored.
     */
    public static ManifestForm check(JsonNode document, String servedAs) throws IOException {
        Set<String> parts = parts(document);
        if (parts.size() > 1) {
            throw new IOException("is ambiguous: it has " + String.join(" and ", parts) + " (CVE-2021-41190)");
        }
        ManifestForm form = parts.contains(OF_INDEXES) ? INDEX : MANIFEST;
        form.require(document.path("mediaType").asText(""), "is ambiguous: it calls itself ");
        form.require(servedAs, "is ambiguous: it is served as ");
        return form;
    }

    private void require(String mediaType, String problem) throws IOException {
        String type = mediaType.split(";", 2)[0].strip();
        if ((this == INDEX ? MANIFESTS : INDEXES).contains(type)) {
            throw new IOException(problem + Printable.of(type) + " but is " + (this == INDEX ? "an index" : "no index")
                    + " (CVE-2021-41190)");
        }
    }

    /** Returns one field for each form of the document. Case is ignored, because some readers ignore it, too. */
    private static Set<String> parts(JsonNode document) throws IOException {
        Set<String> parts = new TreeSet<>();
        Set<String> names = new HashSet<>();
        for (Iterator<String> all = document.fieldNames(); all.hasNext(); ) {
            String name = all.next().toLowerCase(Locale.ROOT);
            if (PARTS.containsKey(name)) {
                parts.add(PARTS.getOrDefault(name, name));
                if (!names.add(name)) {
                    throw new IOException("is ambiguous: it has '" + name + "' twice, in upper and lower case");
                }
            }
        }
        return parts;
    }
}
