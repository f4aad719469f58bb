package io.sealos.images.internal.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into its YAML documents. In YAML, a line that begins with three hyphens always starts a document,
 * even in a block scalar, and one that begins with three dots ends it. Therefore no parser is needed, and a document
 * that is not valid does not affect the next one. As in kubectl and Helm, a comment may follow the hyphens without a
 * space. A document that is too large is returned in parts of whole lines; the characters of a line beyond the limit
 * are skipped.
 */
public final class DocumentReader {
    private static final String SEPARATOR = "---";

    /** The largest number of characters of a document that are held in memory. */
    public static final int MAX_DOCUMENT = 8 * 1024 * 1024;

    /** The additional number of characters for the last line of a part, which should not be cut. */
    static final int LAST_LINE = 128 * 1024;

    /**
     * A document or a part of one.
     *
     * @param text the text
     * @param firstLine the line of the file on which the text starts
     * @param whole whether this is the whole document
     * @param continued whether the text continues the previous part
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

    /** {@return the next document or part of a document, or null at the end of the stream} */
    public @Nullable Document next() throws IOException {
        boolean continued = cut;
        text.setLength(0);
        text.append(marker);
        int firstLine = lineNumber - (marker.isEmpty() ? 0 : 1);
        boolean lost = readDocument(continued || !marker.isEmpty());
        if (text.isEmpty()) {
            // The document that was cut has ended there, and the next one starts here.
            return marker.isEmpty() ? null : next();
        }
        return new Document(text.toString(), firstLine, !lost && !continued && !cut, continued);
    }

    /**
     * Reads to the end of the document or to the limit.
     *
     * @return whether a line was cut
     */
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

    /**
     * {@return whether the line separates documents} A comment immediately after the hyphens is allowed by kubectl and
     * Helm only.
     */
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

    /** {@return whether the line begins with a mark and is longer} */
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

    /**
     * Adds the next line.
     *
     * @return whether it was cut
     */
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
