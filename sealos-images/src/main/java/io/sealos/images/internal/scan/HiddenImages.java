package io.sealos.images.internal.scan;

import io.sealos.images.internal.finder.Sighting;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Determines whether text that is read line by line may name an image that is not saved. It rather says so once too
 * often: a line is harmless only if all that looks like an image in it is saved.
 */
final class HiddenImages {
    /** Words near which an image is named, but not the two fields of a Pod that name none. */
    private static final Pattern HINT = Pattern.compile(
            "(?i)image(?!Pull(?:Policy|Secrets?)\\b)|repository|registry|package|docker:|oci:|kind[\"']?:[ \"']{0,9}Secret");

    private boolean possible;

    /** {@return whether one of the lines may name such an image} */
    boolean arePossible() {
        return possible;
    }

    /**
     * Looks at a line.
     *
     * @param line the line, which is not a comment, without the fields whose images are saved
     * @param found the images that were found in it
     */
    void look(String line, Collection<Sighting> found) {
        int comment = line.indexOf(" #");
        String text = comment < 0 ? line : line.substring(0, comment);
        possible = possible
                || found.stream().anyMatch(it -> !it.confidence().isSaved())
                || HINT.matcher(text).find();
    }

    /** Records a line that is too long to be read. */
    void addUnread() {
        possible = true;
    }
}
