package io.sealos.internal.files;

import java.io.Serializable;

/** The parts of a message that begins with its place. */
record PlacedMessage(String place, String problem, String fix, String message) implements Serializable {
    private static final String COLON = ": ";
    private static final String BEFORE_FIX = "; ";

    static PlacedMessage of(Object place, String rest) {
        String text = rest.startsWith(COLON) ? rest.substring(COLON.length()) : rest.strip();
        int end = text.lastIndexOf(BEFORE_FIX);
        return new PlacedMessage(
                place.toString(),
                end < 0 ? text : text.substring(0, end),
                end < 0 ? "" : text.substring(end + BEFORE_FIX.length()),
                place + rest);
    }
}
