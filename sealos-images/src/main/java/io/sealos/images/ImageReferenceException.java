package io.sealos.images;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Thrown when a text is not an image reference. The exception has the whole text, the {@link Part} that is invalid and
 * the text of that part. If a list was given, it is thrown for all malformed references of the list together:
 * {@link #parts} has each with its place, and the other methods are about the first. Immutable and thread-safe.
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

    @SuppressWarnings("serial") // always one of List.of or Stream.toList, which can be serialized
    private final List<SealosException.Part> parts;

    ImageReferenceException(String reference, Part part, String partText, String problem, String fix) {
        super("'" + excerpt(reference) + "' " + described(part, partText, problem) + (fix.isEmpty() ? "" : "; " + fix));
        this.reference = reference;
        this.part = part;
        this.partText = partText;
        String advice = fix.isEmpty() ? "write REGISTRY/REPOSITORY:TAG, such as docker.io/library/nginx:1.25" : fix;
        this.parts = List.of(new SealosException.Part(excerpt(reference), described(part, partText, problem), advice));
    }

    private ImageReferenceException(ImageReferenceException first, List<SealosException.Part> parts) {
        super(Printable.lines(parts.stream().map(SealosException.Part::toString).toList()));
        this.reference = first.reference;
        this.part = first.part;
        this.partText = first.partText;
        this.parts = parts;
    }

    /**
     * {@return the references of a list}
     *
     * @param file the file in which the list will be, one reference in each line
     * @throws ImageReferenceException if references are malformed; it lists all of them
     */
    static List<ImageReference> parsed(String file, List<String> references) {
        List<ImageReference> good = new ArrayList<>();
        List<SealosException.Part> bad = new ArrayList<>();
        List<ImageReferenceException> failures = new ArrayList<>();
        for (String reference : references) {
            try {
                good.add(ImageReference.parse(reference));
            } catch (ImageReferenceException e) {
                failures.add(e);
                SealosException.Part part = e.parts().get(0);
                String place = file + ":" + (good.size() + failures.size());
                bad.add(new SealosException.Part(place, "'" + part.place() + "' " + part.problem(), part.fix()));
            }
        }
        if (failures.isEmpty()) {
            return good;
        }
        throw new ImageReferenceException(failures.get(0), List.copyOf(bad));
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

    /**
     * {@return a list with a single part, whose place is the text that was parsed; for a list, one part for each
     * malformed reference, whose place is its line, such as {@code images/shim/app:2}}
     */
    @Override
    public List<SealosException.Part> parts() {
        return parts;
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
