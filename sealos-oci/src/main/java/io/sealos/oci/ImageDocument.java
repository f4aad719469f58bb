package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.text.FileFailures;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.inspect.FoundDocument;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A document that is attached to an image in a layout or archive, such as a signature or a bill of materials. It was
 * not verified; {@link SignatureVerifier} verifies signatures. Immutable and thread-safe.
 *
 * @param digest the digest of the manifest of the document
 * @param subject the digest of the manifest or index to which it is attached
 * @param type the type of the artifact, such as {@code application/vnd.dev.sigstore.bundle.v0.3+json}; the media type
 *     of the content if it has no type
 * @param content the digest of its content; the first part if it has several
 * @param size the size of the content in bytes
 * @param annotations the annotations of its manifest, sorted by name
 * @since 0.1.0
 */
public record ImageDocument(
        Digest digest, Digest subject, String type, Digest content, long size, SortedMap<String, String> annotations) {
    /**
     * Copies the annotations, and replaces control characters in the type.
     *
     * @param digest the digest of the manifest of the document
     * @param subject the digest of the manifest or index to which it is attached
     * @param type the type of the artifact
     * @param content the digest of its content
     * @param size the size of the content in bytes
     * @param annotations the annotations of its manifest
     */
    public ImageDocument {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(content, "content");
        type = Printable.message(type);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    static ImageDocument of(FoundDocument found) {
        SortedMap<String, String> shown = new TreeMap<>();
        for (Map.Entry<String, String> annotation : found.annotations().entrySet()) {
            shown.put(Printable.message(annotation.getKey()), Printable.message(annotation.getValue()));
        }
        return new ImageDocument(
                found.digest(), found.subject(), found.artifactType(), found.content(), found.size(), shown);
    }

    /**
     * Reads the content, and compares it with its digest.
     *
     * @param layout the layout or archive with the document
     * @return the content
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the layout cannot be read, does not have the content, or has other bytes; or if it is
     *     larger than 4 MiB
     */
    public byte[] read(OciLayout layout) throws IOException {
        Objects.requireNonNull(layout, "layout");
        try {
            return FileFailures.explained(layout, () -> layout.open(reader -> reader.blob(content)));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("a document was read", e);
        }
    }

    /** {@return the document in one line: its type, the digest of its content and its size} */
    @Override
    public String toString() {
        return type + " " + content + ", " + size + " bytes";
    }
}
