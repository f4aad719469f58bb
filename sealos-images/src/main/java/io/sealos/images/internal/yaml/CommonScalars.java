package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.Arrays;

/** Reads the scalars of {@link CommonYaml}. */
final class CommonScalars {
    /** The largest number of characters of a key in YAML. */
    private static final int LONGEST_KEY = 1000;

    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private final String text;
    private final YamlLines lines;
    /** A cache of keys, many of which are repeated. */
    private final String[] keys = new String[64];

    CommonScalars(String text, YamlLines lines) {
        this.text = text;
        this.lines = lines;
        Arrays.fill(keys, "");
    }

    /** {@return the index of the colon of the key that starts here; -1 if the line has none} */
    int keyEnd() throws UnusualYamlException {
        int colon;
        if (isQuote(lines.peek())) {
            int end = quoteEnd(lines.peek(), lines.at() + 1);
            if (end < 0) {
                return -1;
            }
            colon = end + 1;
            while (colon < lines.end() && text.charAt(colon) == ' ') {
                colon++;
            }
            colon = colon < lines.end() && text.charAt(colon) == ':' && isSpaceAt(colon + 1) ? colon : -1;
        } else {
            colon = isPlainStart() ? plainKeyEnd() : -1;
        }
        if (colon - lines.at() > LONGEST_KEY) {
            throw new UnusualYamlException();
        }
        return colon;
    }

    private int plainKeyEnd() throws UnusualYamlException {
        for (int i = lines.at(); i < lines.end(); i++) {
            char c = text.charAt(i);
            if (c == ':' && isSpaceAt(i + 1)) {
                return i;
            }
            if (c == '#' && text.charAt(i - 1) == ' ') {
                return -1;
            }
            expectNoTab(c);
        }
        return -1;
    }

    /**
     * {@return the key before its colon}
     *
     * @throws UnusualYamlException if it is a merge key
     */
    String key(int colon) throws UnusualYamlException {
        String key = isQuote(lines.peek()) ? quoted() : sharedKey(lines.at(), trimmedEnd(lines.at(), colon));
        if (key.equals("<<")) {
            throw new UnusualYamlException();
        }
        return key;
    }

    private String sharedKey(int from, int to) {
        int hash = text.charAt(from) * 31 + text.charAt(to - 1) * 7 + to - from;
        String known = keys[hash % keys.length];
        if (known.length() == to - from && text.startsWith(known, from)) {
            return known;
        }
        String key = text.substring(from, to);
        keys[hash % keys.length] = key;
        return key;
    }

    /** {@return a plain scalar, which may continue on lines that are indented more than its parent} */
    YamlNode plain(int parentIndent) throws UnusualYamlException {
        Place place = lines.place();
        int end = plainLineEnd();
        String first = text.substring(lines.at(), trimmedEnd(lines.at(), end));
        boolean comment = end < lines.end();
        boolean more = lines.next() && lines.column() > parentIndent;
        if (!more) {
            return YamlNode.scalar(place, first, true);
        }
        if (comment) {
            throw new UnusualYamlException();
        }
        return YamlNode.scalar(place, folded(first, parentIndent), true);
    }

    private String folded(String first, int parentIndent) throws UnusualYamlException {
        StringBuilder all = new StringBuilder(first);
        do {
            int end = plainLineEnd();
            if (lines.isCommented() || end < lines.end()) {
                throw new UnusualYamlException();
            }
            all.append(lines.blankLines() == 0 ? " " : "\n".repeat(lines.blankLines()));
            all.append(text, lines.at(), trimmedEnd(lines.at(), end));
        } while (lines.next() && lines.column() > parentIndent);
        return all.toString();
    }

    /** {@return the end of the text of the line without its comment} */
    private int plainLineEnd() throws UnusualYamlException {
        int i = lines.at();
        while (i < lines.end() && !(text.charAt(i) == '#' && text.charAt(i - 1) == ' ')) {
            expectNoTab(text.charAt(i));
            if (text.charAt(i) == ':' && isSpaceAt(i + 1)) {
                throw new UnusualYamlException();
            }
            i++;
        }
        return i;
    }

    /** {@return a plain scalar inside brackets or braces, up to the character that ends it} */
    String flowPlain() throws UnusualYamlException {
        expectPlainStart();
        int i = lines.at();
        while (i < lines.end() && !isFlowEnd(i)) {
            expectNoTab(text.charAt(i));
            if ("?#".indexOf(text.charAt(i)) >= 0) {
                throw new UnusualYamlException();
            }
            i++;
        }
        String value = text.substring(lines.at(), trimmedEnd(lines.at(), i));
        lines.moveTo(i);
        return value;
    }

    private boolean isFlowEnd(int i) {
        char c = text.charAt(i);
        return isFlowIndicator(c) || (c == ':' && (isSpaceAt(i + 1) || isFlowIndicator(text.charAt(i + 1))));
    }

    private static boolean isFlowIndicator(char c) {
        return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
    }

    void expectPlainStart() throws UnusualYamlException {
        if (!isPlainStart()) {
            throw new UnusualYamlException();
        }
    }

    private boolean isPlainStart() {
        char c = lines.peek();
        boolean number = c == '-' && !isSpaceAt(lines.at() + 1) && !isFlowIndicator(text.charAt(lines.at() + 1));
        return number || INDICATORS.indexOf(c) < 0;
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /** {@return a quoted scalar on one line; the position is then after the quotes} */
    String quoted() throws UnusualYamlException {
        char quote = lines.peek();
        int from = lines.at() + 1;
        int to = quoteEnd(quote, from);
        if (to < 0) {
            throw new UnusualYamlException();
        }
        lines.moveTo(to + 1);
        return unquoted(quote, from, to);
    }

    /** {@return the unescaped text between quotes on one line} */
    String unquoted(char quote, int from, int to) throws UnusualYamlException {
        char special = quote == '"' ? '\\' : '\'';
        // String.indexOf would search the rest of the document for each of very many texts.
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == special) {
                return unescaped(from, to, special);
            }
        }
        return text.substring(from, to);
    }

    /** {@return the index of the closing quote on this line; -1 if the text continues on the next line} */
    int quoteEnd(char quote, int from) {
        int i = from;
        while (i < lines.end()) {
            char c = text.charAt(i);
            boolean pair = quote == '"' ? c == '\\' : c == '\'' && i + 1 < lines.end() && text.charAt(i + 1) == '\'';
            if (c == quote && !pair) {
                return i;
            }
            i += pair ? 2 : 1;
        }
        return -1;
    }

    private String unescaped(int from, int to, char special) throws UnusualYamlException {
        StringBuilder value = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != special) {
                value.append(c);
            } else if (text.charAt(++i) == '\'' && special == '\'') {
                value.append('\'');
            } else if (text.charAt(i) == 'u') {
                value.append(codeUnit(i + 1, to));
                i += 4;
            } else {
                value.append(unescaped(text.charAt(i)));
            }
        }
        return value.toString();
    }

    private char codeUnit(int from, int to) throws UnusualYamlException {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < to && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            value = digit < 0 ? -1 : value * 16 + digit;
            if (value < 0 || Character.isSurrogate((char) value)) {
                throw new UnusualYamlException();
            }
        }
        return (char) value;
    }

    private static char unescaped(char c) throws UnusualYamlException {
        return switch (c) {
            case '"', '\\', '/', ' ' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> throw new UnusualYamlException();
        };
    }

    /** {@return the literal block scalar whose indicator is here} */
    YamlNode literal(int parentIndent) throws UnusualYamlException {
        Place place = lines.place();
        lines.moveTo(lines.at() + 1);
        char chomping = lines.peek();
        if (chomping == '-' || chomping == '+') {
            lines.moveTo(lines.at() + 1);
        }
        lines.expectLineEnd();
        int indent = blockIndent(parentIndent);
        Place content = lines.blockPlace(indent);
        StringBuilder value = new StringBuilder();
        int kept = lines(value, indent);
        if (chomping != '+') {
            value.setLength(chomping == '-' ? kept - 1 : kept);
        }
        lines.next();
        return YamlNode.block(place, value.toString(), content);
    }

    /** {@return the indentation of the first line with text, which no blank line before it may exceed} */
    private int blockIndent(int parentIndent) throws UnusualYamlException {
        int longest = 0;
        int from = lines.end() + 1;
        int spaces = spaces(from);
        while (from + spaces < text.length() && text.charAt(from + spaces) == '\n') {
            longest = Math.max(longest, spaces);
            from += spaces + 1;
            spaces = spaces(from);
        }
        if (from + spaces >= text.length() || spaces <= parentIndent || longest > spaces) {
            throw new UnusualYamlException();
        }
        return spaces;
    }

    private int spaces(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i - from;
    }

    /**
     * Adds all lines of a block scalar.
     *
     * @return the length up to the last line that is not empty
     */
    private int lines(StringBuilder value, int indent) throws UnusualYamlException {
        int kept = 0;
        int from = lines.end() + 1;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            if (newline < 0) {
                throw new UnusualYamlException();
            }
            int spaces = Math.min(spaces(from), indent);
            if (spaces < indent && from + spaces < newline) {
                break;
            }
            value.append(text, from + spaces, newline).append('\n');
            kept = from + spaces < newline ? value.length() : kept;
            lines.startLine(from);
            from = newline + 1;
        }
        return kept;
    }

    private int trimmedEnd(int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private boolean isSpaceAt(int i) {
        return i >= lines.end() || text.charAt(i) == ' ';
    }

    private static void expectNoTab(char c) throws UnusualYamlException {
        if (c == '\t') {
            throw new UnusualYamlException();
        }
    }
}
