package io.sealos.images;

import io.sealos.internal.text.Printable;

/**
 * Thrown when a text is not an image reference. The exception has the whole text, the {@link Part} that is invalid and
 * the text of that part. Immutable and thread-safe.
 */
public final class ImageReferenceException extends IllegalArgumentException {
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

    ImageReferenceException(String reference, Part part, String partText, String problem) {
        super(message(reference, part, partText, problem));
        this.reference = reference;
        this.part = part;
        this.partText = partText;
    }

    private static String message(String reference, Part part, String partText, String problem) {
        String start = "'" + excerpt(reference) + "' is not an image reference: ";
        return part == Part.REFERENCE
                ? start + "it " + problem
                : start + "its " + part.word + " '" + excerpt(partText) + "' " + problem;
    }

    private static String excerpt(String text) {
        return Printable.message(text.length() <= 300 ? text : text.substring(0, 300) + "…");
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
