package io.sealos.oci.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The provenance of an image: an <a
 * href="https://github.com/in-toto/attestation/blob/v1.0/spec/v1/statement.md">in-toto statement</a> with a predicate
 * of <a href="https://slsa.dev/spec/v1.0/provenance">SLSA 1.0</a>. It says from which files, arguments and images an
 * image was built, and by whom. It is not signed by itself. Immutable and thread-safe.
 *
 * @see io.sealos.oci.ClusterImageBuilder
 * @since 0.1.0
 */
public final class Provenance {
    /** The media type of the JSON text: {@value}. */
    public static final String MEDIA_TYPE = "application/vnd.in-toto+json";

    /** The type of the predicate: {@value}. */
    public static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

    private static final String KIND = "provenance";

    private final String json;
    private final List<Digest> subjects;
    private final String builder;

    private Provenance(String json, List<Digest> subjects, String builder) {
        this.json = json;
        this.subjects = List.copyOf(subjects);
        this.builder = builder;
    }

    /**
     * {@return the provenance in a text, which is kept unchanged}
     *
     * @param json the text, with at most 64 Mi characters
     * @throws TrustDocumentException if it is not an in-toto statement of version 1 with a predicate of SLSA 1.0 and at
     *     least one digest, or too long
     */
    public static Provenance parse(String json) {
        JsonNode root = DocumentText.object(KIND, Objects.requireNonNull(json, "json"));
        DocumentText.require(KIND, root, "_type", "https://in-toto.io/Statement/v1");
        DocumentText.require(KIND, root, "predicateType", PREDICATE_TYPE);
        List<Digest> subjects = new ArrayList<>();
        for (JsonNode subject : root.path("subject")) {
            DocumentText.digest("sha256", subject.path("digest").path("sha256").asText(""))
                    .ifPresent(subjects::add);
        }
        if (subjects.isEmpty()) {
            throw new TrustDocumentException(KIND + ": subject", "it has no SHA-256 digest", DocumentText.fix(KIND));
        }
        String builder = root.path("predicate")
                .path("runDetails")
                .path("builder")
                .path("id")
                .asText("");
        return new Provenance(json, subjects, builder);
    }

    /**
     * {@return the digests of what was built: for an image of several platforms that of the index, followed by those of
     * the manifests}
     */
    public List<Digest> subjects() {
        return subjects;
    }

    /** {@return the id of the builder, which is a URI; empty if there is none} */
    public String builder() {
        return builder;
    }

    /** {@return the JSON text, with line feeds as line terminators if this library has written it} */
    public String toJson() {
        return json;
    }

    /**
     * Writes the text to a file in UTF-8, such as {@code shop.tar.intoto.json} beside an archive. The file appears
     * under its name when it is complete, and replaces an existing one.
     *
     * @param file the file, in a directory that exists
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        DocumentText.write(file, json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Provenance that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** {@return the builder and the digests} */
    @Override
    public String toString() {
        return "provenance of " + subjects + " by " + (builder.isEmpty() ? "an unknown builder" : builder);
    }
}
