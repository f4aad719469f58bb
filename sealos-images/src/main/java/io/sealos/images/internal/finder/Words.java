package io.sealos.images.internal.finder;

/** Compares keys and names without regard to case, which differs between manifests, and without creating strings. */
final class Words {
    private Words() {}

    static boolean endsWith(String text, String end) {
        return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
    }

    static boolean contains(String text, String part) {
        char lower = Character.toLowerCase(part.charAt(0));
        char upper = Character.toUpperCase(lower);
        for (int i = 0; i <= text.length() - part.length(); i++) {
            char first = text.charAt(i);
            if ((first == lower || first == upper) && text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
