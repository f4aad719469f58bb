package io.sealos.kubefile.internal.words;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a JSON array of strings at the start of a text; the text after the array is ignored. */
public final class JsonStrings {
    /** The results of reading: an array of strings, an array with other values, or no array. */
    public enum Result {
        STRINGS,
        OTHER_VALUES,
        NO_JSON
    }

    private static final int DEPTH_LIMIT = 500;

    private final String text;
    private final List<SourceWord> strings = new ArrayList<>();
    private boolean onlyStrings = true;
    private int at;

    /** Creates a reader that starts at an index of the text. */
    public JsonStrings(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** {@return the result of reading the array} */
    public Result read() {
        if (peek() != '[' || !readElements(']', 0)) {
            return Result.NO_JSON;
        }
        return onlyStrings ? Result.STRINGS : Result.OTHER_VALUES;
    }

    /** {@return the decoded strings of the array, whose places include the quotes} */
    public List<SourceWord> strings() {
        return List.copyOf(strings);
    }

    private boolean readElements(char close, int depth) {
        at++;
        skipSpace();
        if (peek() == close) {
            at++;
            return true;
        }
        while (close == ']' ? readValue(depth) : readMember(depth)) {
            skipSpace();
            if (peek() == close) {
                at++;
                return true;
            }
            if (peek() != ',') {
                return false;
            }
            at++;
            skipSpace();
        }
        return false;
    }

    private boolean readMember(int depth) {
        if (peek() != '"' || readString() == null) {
            return false;
        }
        skipSpace();
        if (peek() != ':') {
            return false;
        }
        at++;
        skipSpace();
        return readValue(depth);
    }

    private boolean readValue(int depth) {
        int start = at;
        char first = peek();
        if (first == '"') {
            String value = readString();
            if (value != null && depth == 0) {
                strings.add(new SourceWord(value, start, at));
            }
            return value != null;
        }
        onlyStrings = false;
        if (first == '[' || first == '{') {
            return depth < DEPTH_LIMIT && readElements(first == '[' ? ']' : '}', depth + 1);
        }
        return readWord("true") || readWord("false") || readWord("null") || readNumber();
    }

    private boolean readWord(String word) {
        boolean found = text.startsWith(word, at);
        at += found ? word.length() : 0;
        return found;
    }

    private boolean readNumber() {
        at += peek() == '-' ? 1 : 0;
        if (peek() == '0') {
            at++;
        } else if (!readDigits()) {
            return false;
        }
        if (peek() == '.') {
            at++;
            if (!readDigits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            at += peek() == '+' || peek() == '-' ? 1 : 0;
            return readDigits();
        }
        return true;
    }

    private boolean readDigits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > start;
    }

    private @Nullable String readString() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) >= 0x20) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c != '\\') {
                value.append(c);
            } else if (!readEscape(value)) {
                return null;
            }
        }
        return null;
    }

    private boolean readEscape(StringBuilder value) {
        char c = at < text.length() ? text.charAt(at++) : 0;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            value.append("\"\\/\b\f\n\r\t".charAt(simple));
            return true;
        }
        int unit = c == 'u' ? readHex() : -1;
        if (unit < 0) {
            return false;
        }
        appendUnit(value, (char) unit);
        return true;
    }

    // An unpaired surrogate is not a character.
    private void appendUnit(StringBuilder value, char unit) {
        if (!Character.isSurrogate(unit)) {
            value.append(unit);
            return;
        }
        int back = at;
        if (Character.isHighSurrogate(unit) && text.startsWith("\\u", at)) {
            at += 2;
            int low = readHex();
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                value.append(unit).append((char) low);
                return;
            }
        }
        at = back;
        value.append('\uFFFD');
    }

    private int readHex() {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            char c = at < text.length() ? text.charAt(at) : 0;
            int hex = c < 0x80 ? Character.digit(c, 16) : -1;
            if (hex < 0) {
                return -1;
            }
            value = (value << 4) | hex;
            at++;
        }
        return value;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }
}
