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
 * does not parse does not spoil the next one. What a document has beyond the limit is skipped.
 */
public final class DocumentReader {
    /** The most characters of a document that are kept. */
    public static final int MAX_DOCUMENT = 16 * 1024 * 1024;

    /** A document as text, the line on which it starts, and whether it was longer than the limit. */
    public record Document(String text, int firstLine, boolean truncated) {}

    private final Reader reader;
    private final char[] buffer = new char[1 << 15];
    private final StringBuilder line = new StringBuilder();
    private int position;
    private int end;
    private int lineNumber;
    private boolean lineTruncated;
    private boolean pushedBack;

    public DocumentReader(InputStream in) {
        this(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    public DocumentReader(Reader reader) {
        this.reader = reader;
    }

    /** The next document, or null at the end. */
    public @Nullable Document next() throws IOException {
        if (!readLine()) {
            return null;
        }
        int firstLine = lineNumber;
        StringBuilder text = new StringBuilder();
        boolean truncated = append(text);
        boolean begun = !isDirective();
        while (!startsWith("...") && readLine()) {
            if (begun && startsWith("---")) {
                pushedBack = true;
                break;
            }
            begun |= startsWith("---");
            truncated |= append(text);
        }
        return new Document(text.toString(), firstLine, truncated);
    }

    private boolean append(StringBuilder text) {
        int from = lineNumber == 1 && line.length() > 0 && line.charAt(0) == '\uFEFF' ? 1 : 0;
        if (lineTruncated || text.length() + line.length() > MAX_DOCUMENT) {
            return true;
        }
        text.append(line, from, line.length());
        return false;
    }

    private boolean startsWith(String marker) {
        boolean found = line.length() >= 3 && line.indexOf(marker) == 0;
        return found && (line.length() == 3 || Character.isWhitespace(line.charAt(3)));
    }

    /** Directives belong to the document after them. */
    private boolean isDirective() {
        return line.length() > 0 && line.charAt(0) == '%';
    }

    private boolean readLine() throws IOException {
        if (pushedBack) {
            pushedBack = false;
            return true;
        }
        line.setLength(0);
        lineTruncated = false;
        if (!fill()) {
            return false;
        }
        boolean ended = false;
        while (!ended && fill()) {
            int newline = newline();
            ended = newline < end;
            keep(newline);
            position = ended ? newline + 1 : end;
        }
        line.append('\n');
        lineNumber++;
        return true;
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, reader.read(buffer, 0, buffer.length));
        }
        return position < end;
    }

    private int newline() {
        int at = position;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private void keep(int to) {
        int room = MAX_DOCUMENT - line.length();
        lineTruncated |= to - position > room;
        line.append(buffer, position, Math.min(room, to - position));
    }
}
