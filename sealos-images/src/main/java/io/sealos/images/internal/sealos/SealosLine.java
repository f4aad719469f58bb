package io.sealos.images.internal.sealos;

import io.sealos.images.ImageStorage;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line in which sealos sees an image.
 *
 * @param image the image as it stands in the list of sealos
 * @param written what follows {@code image:} in the line, or a line of a shim list
 * @param number the 1-based line
 * @param text the whole line, without the white space around it
 */
public record SealosLine(String image, String written, int number, String text) {
    /** The text that a line of a manifest must contain. */
    public static final String MARK = "image:";

    /**
     * The rule for manifests and rendered charts: what follows the first {@code image:}, wherever in the line that
     * stands, is an image if it parses as one. No YAML is read.
     */
    public static Optional<SealosLine> ofManifest(String line, int number) {
        String text = trim(line);
        int mark = text.indexOf(MARK);
        if (mark < 0 || text.startsWith("#")) {
            return Optional.empty();
        }
        String written = withoutQuotes(trim(text.substring(mark + MARK.length())));
        return SealosName.listed(written).map(name -> new SealosLine(name, written, number, text));
    }

    /** The rule for lists: the line as it is, neither checked nor normalised. */
    public static Optional<SealosLine> ofShimList(String line, int number) {
        String text = trim(line);
        String written = withoutQuotes(text);
        return text.startsWith("#") || text.isEmpty()
                ? Optional.empty()
                : Optional.of(new SealosLine(written, written, number, text));
    }

    /** The rule for {@code .sealignore}: the line to the last blank, which is compared whole. */
    public static Optional<SealosLine> ofIgnoreList(String line, int number) {
        return trim(line).isEmpty() || line.startsWith("#")
                ? Optional.empty()
                : Optional.of(new SealosLine(line, line, number, line));
    }

    /** The rule for the list of archives: all that is not empty, as it is. */
    public static Optional<SealosLine> ofTarList(String line, int number) {
        return line.isEmpty() ? Optional.empty() : Optional.of(new SealosLine(line, line, number, line));
    }

    /** Whether {@code image:} is the end of another word, such as {@code defaultImage:} or {@code my-image:v1}. */
    public boolean isInsideWord() {
        int mark = text.indexOf(MARK);
        return mark > 0
                && (Character.isLetterOrDigit(text.charAt(mark - 1)) || "-_./".indexOf(text.charAt(mark - 1)) >= 0);
    }

    /** {@return the storage that a line of a shim list names by its prefix; without one, a registry} */
    public ImageStorage storage() {
        return Arrays.stream(ImageStorage.values())
                .filter(it -> !it.prefix().isEmpty() && image.startsWith(it.prefix()))
                .findFirst()
                .orElse(ImageStorage.REGISTRY);
    }

    private static String withoutQuotes(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0 && text.charAt(0) == text.charAt(last) && "\"'".indexOf(text.charAt(0)) >= 0;
        return quoted ? text.substring(1, last) : text;
    }

    /** As Go's {@code strings.TrimSpace}, which knows other white space than Java. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
