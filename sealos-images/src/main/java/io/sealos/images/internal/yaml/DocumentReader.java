package io.sealos.images.internal.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into its YAML documents. A line that starts with three hyphens starts a document in YAML wherever it
 * stands, in a block scalar too, and one that starts with three dots ends it, so no parser is needed; a document that
 * does not parse does not spoil the next one. As for kubectl and Helm, a comment may follow the hyphens without a
 * space. One that is too large comes in parts, each of whole lines; what a line has beyond the limit is skipped.
 */
public final class DocumentReader {
    private static final String SEPARATOR = "---";

    /** The most characters of a document that are kept at a time. */
    public static final int MAX_DOCUMENT = 8 * 1024 * 1024;

    /** So much more is the last line of a part, which is not to be cut. */
    static final int LAST_LINE = 128 * 1024;

    /**
     * A document or a part of one.
     *
     * @param text its text
     * @param firstLine the line of the file on which it starts
     * @param whole whether this is the whole document
     * @param continued whether it goes on where the part before ends
     */
    public record Document(String text, int firstLine, boolean whole, boolean continued) {}

    private final Reader reader;
    private final char[] buffer = new char[1 << 14];
    private final StringBuilder text = new StringBuilder();
    private String marker = "";
    private int position;
    private int end;
    private int lineNumber = 1;
    private boolean cut;

    public DocumentReader(InputStream in) {
        this(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    public DocumentReader(Reader reader) {
        this.reader = reader;
    }

    /** The next document or part of one, or null at the end. */
    public @Nullable Document next() throws IOException {
        boolean continued = cut;
        text.setLength(0);
        text.append(marker);
        int firstLine = lineNumber - (marker.isEmpty() ? 0 : 1);
        boolean lost = readDocument(continued || !marker.isEmpty());
        if (text.isEmpty()) {
            // A document that was cut ended there: the next one starts here.
            return marker.isEmpty() ? null : next();
        }
        return new Document(text.toString(), firstLine, !lost && !continued && !cut, continued);
    }

    /** Reads on to the end of the document or to the limit; whether a part of a line had no room. */
    private boolean readDocument(boolean hasBegun) throws IOException {
        boolean begun = hasBegun;
        boolean lost = false;
        marker = "";
        cut = false;
        while (!cut && fill()) {
            int line = text.length();
            lost |= readLine();
            if (isSeparator(line) && begun) {
                marker = text.substring(line);
                text.setLength(line);
                return lost;
            }
            if (isMarker("...", line)) {
                return lost;
            }
            // Directives belong to the document after them.
            begun |= text.charAt(line) != '%';
            cut = text.length() >= MAX_DOCUMENT;
        }
        return lost;
    }

    /** Whether the line separates documents. One whose comment follows at once does so for kubectl and Helm only. */
    private boolean isSeparator(int line) {
        int end = line + SEPARATOR.length();
        if (startsWith(SEPARATOR, line) && text.charAt(end) == '#') {
            text.insert(end, ' ');
        }
        return isMarker(SEPARATOR, line);
    }

    private boolean isMarker(String mark, int line) {
        return startsWith(mark, line) && Character.isWhitespace(text.charAt(line + mark.length()));
    }

    /** Whether the line starts with a mark, and has more. */
    private boolean startsWith(String mark, int line) {
        if (text.length() - line <= mark.length()) {
            return false;
        }
        for (int i = 0; i < mark.length(); i++) {
            if (text.charAt(line + i) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Adds the next line; whether a part of it had no room. */
    private boolean readLine() throws IOException {
        boolean lost = false;
        boolean ended = false;
        while (!ended && fill()) {
            int newline = newline();
            ended = newline < end;
            int room = Math.max(0, MAX_DOCUMENT + LAST_LINE - text.length());
            lost |= newline - position > room;
            text.append(buffer, position, Math.min(room, newline - position));
            position = ended ? newline + 1 : end;
        }
        text.append('\n');
        lineNumber++;
        return lost;
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, reader.read(buffer, 0, buffer.length));
            if (end > 0 && isByteOrderMark()) {
                position = 1;
                return fill();
            }
        }
        return position < end;
    }

    private boolean isByteOrderMark() {
        return lineNumber == 1 && text.isEmpty() && buffer[0] == '\uFEFF';
    }

    private int newline() {
        int at = position;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }
}
