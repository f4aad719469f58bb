package io.sealos.images.internal.yaml;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into its YAML documents. A line that starts with three hyphens starts a document in YAML wherever it
 * stands, in a block scalar too, so no parser is needed; a document that does not parse does not spoil the next one.
 * What a document has beyond the limit is skipped.
 */
public final class DocumentReader {
    /** The most characters of a document that are kept. */
    public static final int MAX_DOCUMENT = 16 * 1024 * 1024;

    /** A document as text, the line on which it starts, and whether it was longer than the limit. */
    public record Document(String text, int firstLine, boolean truncated) {}

    private final Reader reader;
    private final StringBuilder line = new StringBuilder();
    private int lineNumber;
    private boolean lineTruncated;
    private boolean pushedBack;

    public DocumentReader(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /** The next document, or null at the end. */
    public @Nullable Document next() throws IOException {
        if (!readLine()) {
            return null;
        }
        int firstLine = lineNumber;
        StringBuilder text = new StringBuilder();
        boolean truncated = append(text, firstLine == 1);
        while (readLine()) {
            if (startsDocument()) {
                pushedBack = true;
                break;
            }
            truncated |= append(text, false);
        }
        return new Document(text.toString(), firstLine, truncated);
    }

    private boolean append(StringBuilder text, boolean mayHaveMark) {
        int from = mayHaveMark && line.length() > 0 && line.charAt(0) == '\uFEFF' ? 1 : 0;
        if (lineTruncated || text.length() + line.length() > MAX_DOCUMENT) {
            return true;
        }
        text.append(line, from, line.length());
        return false;
    }

    private boolean startsDocument() {
        boolean hyphens = line.length() >= 3 && line.charAt(0) == '-' && line.charAt(1) == '-' && line.charAt(2) == '-';
        return hyphens && (line.length() == 3 || Character.isWhitespace(line.charAt(3)));
    }

    private boolean readLine() throws IOException {
        if (pushedBack) {
            pushedBack = false;
            return true;
        }
        line.setLength(0);
        lineTruncated = false;
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            keep((char) c);
        }
        keep('\n');
        lineNumber++;
        return true;
    }

    private void keep(char c) {
        if (line.length() < MAX_DOCUMENT) {
            line.append(c);
        } else {
            lineTruncated = true;
        }
    }
}
