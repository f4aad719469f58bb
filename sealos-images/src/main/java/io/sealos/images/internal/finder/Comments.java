package io.sealos.images.internal.finder;

/** Comments in texts of any language. */
final class Comments {
    private static final int LONGEST = 700;

    private Comments() {}

    /** Whether a place of a text is in what its line has as a comment, by the signs that shells and others have. */
    static boolean isIn(String text, int place) {
        int start = lineStart(text, place);
        int from = start;
        while (from < place && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        if (text.startsWith("#", from) || text.startsWith("//", from)) {
            return true;
        }
        return text.substring(start, place).contains(" # ");
    }

    /** The start of the line that a place is in; of a long one, so much as is looked at. */
    static int lineStart(String text, int place) {
        int at = place;
        while (at > 0 && place - at < LONGEST && text.charAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }
}
