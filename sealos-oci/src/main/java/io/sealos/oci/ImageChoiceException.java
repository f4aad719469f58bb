package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when an {@link ImageChoice} matches none or more than one of the stored images.
 *
 * @since 0.1.0
 */
public final class ImageChoiceException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<String> available;

    /**
     * Creates an exception.
     *
     * @param source the source that was searched
     * @param found a description of the images that the choice matches, such as {@code no image named 'app:1'}
     * @param available the stored images
     */
    public ImageChoiceException(String source, String found, List<String> available) {
        this(source, found, fix(available), available);
    }

    private ImageChoiceException(String source, String found, String fix, List<String> available) {
        super(Printable.message(source + " has " + found + "; " + fix));
        this.part = new Part(source, "it has " + found, fix);
        this.available = available.stream().map(Printable::message).toList();
    }

    private static String fix(List<String> available) {
        return "choose one by tag or platform: "
                + (available.isEmpty() ? "there is none" : String.join("; ", available));
    }

    /** {@return a list with a single part, whose place is the source} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }

    /** {@return the stored images, each with its names and its platform} */
    public List<String> available() {
        return available;
    }
}
