package io.sealos.kubefile.internal.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Converts bytes that may not be valid UTF-8 to text and back, without loss.
 *
 * <p>A byte that is not UTF-8 becomes a lone low surrogate, U+DC00 plus the byte. No valid text has one, so the
 * conversion back is unambiguous.
 */
public final class SourceBytes {
    private static final int ESCAPE = 0xDC00;

    private SourceBytes() {}

    /** {@return the text of the bytes} */
    public static String decode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            int width = width(bytes, at);
            if (width == 0) {
                text.append((char) (ESCAPE + (bytes[at] & 0xFF)));
                at++;
            } else {
                text.appendCodePoint(codePoint(bytes, at, width));
                at += width;
            }
        }
        return text.toString();
    }

    /** {@return the bytes of a text that {@link #decode} returned} */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (isEscaped(text.codePointAt(at))) {
                bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(at) - ESCAPE);
                from = at + 1;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** {@return the text with U+FFFD for each byte that is not UTF-8, as in the JSON of an image} */
    public static String readable(String text) {
        if (text.codePoints().noneMatch(SourceBytes::isSurrogate)) {
            return text;
        }
        StringBuilder readable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> readable.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
        return readable.toString();
    }

    private static boolean isEscaped(int codePoint) {
        return codePoint >= ESCAPE + 0x80 && codePoint <= ESCAPE + 0xFF;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** {@return the number of bytes of the character at this index; 0 if it is not well-formed} */
    private static int width(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int width = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (at + width > bytes.length) {
            return 0;
        }
        for (int next = 1; next < width; next++) {
            if ((bytes[at + next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return width < 3 || isShortest(codePoint(bytes, at, width), width) ? width : 0;
    }

    private static boolean isShortest(int codePoint, int width) {
        return width == 3
                ? codePoint >= 0x800 && !isSurrogate(codePoint)
                : codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT;
    }

    private static int codePoint(byte[] bytes, int at, int width) {
        int value = width == 1 ? bytes[at] : bytes[at] & (0xFF >> (width + 1));
        for (int next = 1; next < width; next++) {
            value = (value << 6) | (bytes[at + next] & 0x3F);
        }
        return value;
    }
}
