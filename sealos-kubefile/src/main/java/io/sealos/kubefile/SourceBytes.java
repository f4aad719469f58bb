package io.sealos.kubefile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text of bytes that need not be UTF-8, and back again without loss.
 *
 * <p>A byte that is no UTF-8 becomes one lone low surrogate, U+DC00 plus the byte: no valid text has one, so it cannot
 * be mistaken for anything else.
 */
final class SourceBytes {
    private static final int ESCAPE = 0xDC00;

    private SourceBytes() {}

    static String decode(byte[] bytes) {
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

    static byte[] encode(String text) {
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

    /** The text as an image's JSON shows it: U+FFFD for each byte that is no UTF-8. */
    static String readable(String text) {
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

    /** How many bytes the well-formed character here has; 0 where there is none. */
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
