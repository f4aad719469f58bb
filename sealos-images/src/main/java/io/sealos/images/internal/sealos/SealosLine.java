package io.sealos.images.internal.sealos;

import io.sealos.images.ImageStorage;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line in which sealos finds an image.
 *
 * @param image the image as in the list of sealos
 * @param written the text after {@code image:} in the line, or the line of a shim list
 * @param number the number of the line, from 1
 * @param text the whole line, without surrounding white space
 */
public record SealosLine(String image, String written, int number, String text) {
    /** The text that a line of a manifest must contain. */
    public static final String MARK = "image:";

    /**
     * {@return the line of a manifest or rendered chart; empty if it has no image} The text after the first
     * {@code image:}, anywhere in the line, is an image if it parses as one. The line is not parsed as YAML.
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

    /** {@return the line of a shim list, neither checked nor normalized; empty if it has no image} */
    public static Optional<SealosLine> ofShimList(String line, int number) {
        String text = trim(line);
        String written = withoutQuotes(text);
        return text.startsWith("#") || text.isEmpty()
                ? Optional.empty()
                : Optional.of(new SealosLine(written, written, number, text));
    }

    /**
     * {@return the line of {@code .sealignore}, including trailing blanks, which is compared as a whole; empty if it
     * has none}
     */
    public static Optional<SealosLine> ofIgnoreList(String line, int number) {
        return trim(line).isEmpty() || line.startsWith("#")
                ? Optional.empty()
                : Optional.of(new SealosLine(line, line, number, line));
    }

    /** {@return the unchanged line of the list of archives; empty if the line is empty} */
    public static Optional<SealosLine> ofTarList(String line, int number) {
        return line.isEmpty() ? Optional.empty() : Optional.of(new SealosLine(line, line, number, line));
    }

    /**
     * {@return whether {@code image:} is the end of another word, such as {@code defaultImage:} or {@code my-image:v1}}
     */
    public boolean isInsideWord() {
        int mark = text.indexOf(MARK);
        return mark > 0
                && (Character.isLetterOrDigit(text.charAt(mark - 1)) || "-_./".indexOf(text.charAt(mark - 1)) >= 0);
    }

    /** {@return the storage given by the prefix of a line of a shim list; a registry if there is no prefix} */
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

    /** {@return the text as {@code strings.TrimSpace} of Go returns it, whose white space differs from that of Java} */
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
