package io.sealos.images;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when a text is not an image reference. The exception has the whole text, the {@link Part} that is invalid and
 * the text of that part. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageReferenceException extends SealosException {
    private static final long serialVersionUID = 1L;

    /** The parts of a reference, {@code registry/repository:tag@digest}. */
    public enum Part {
        /** The whole text, if no single part is the cause. */
        REFERENCE("reference"),
        /** The host with an optional port. */
        REGISTRY("registry"),
        /** The path in the registry. */
        REPOSITORY("repository"),
        /** The text after the colon. */
        TAG("tag"),
        /** The text after the at sign. */
        DIGEST("digest");

        private final String word;

        Part(String word) {
            this.word = word;
        }
    }

    private final String reference;
    private final Part part;
    private final String partText;

    private final String problem;
    private final String fix;

    ImageReferenceException(String reference, Part part, String partText, String problem, String fix) {
        super("'" + excerpt(reference) + "' " + described(part, partText, problem) + (fix.isEmpty() ? "" : "; " + fix));
        this.reference = reference;
        this.part = part;
        this.partText = partText;
        this.problem = described(part, partText, problem);
        this.fix = fix;
    }

    private static String described(Part part, String partText, String problem) {
        return "is not an image reference: "
                + (part == Part.REFERENCE
                        ? "it " + problem
                        : "its " + part.word + " '" + excerpt(partText) + "' " + problem);
    }

    private static String excerpt(String text) {
        return Printable.message(text.length() <= 300 ? text : text.substring(0, 300) + "…");
    }

    /** {@return a list with a single part, whose place is the text that was parsed} */
    @Override
    public List<SealosException.Part> parts() {
        String advice = fix.isEmpty() ? "write REGISTRY/REPOSITORY:TAG, such as docker.io/library/nginx:1.25" : fix;
        return List.of(new SealosException.Part(excerpt(reference), problem, advice));
    }

    /** {@return the whole text that was parsed} */
    public String reference() {
        return reference;
    }

    /** {@return the part that is invalid} */
    public Part part() {
        return part;
    }

    /** {@return the text of that part} */
    public String partText() {
        return partText;
    }
}
