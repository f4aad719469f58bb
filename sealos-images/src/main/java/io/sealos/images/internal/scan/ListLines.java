package io.sealos.images.internal.scan;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a list, however long they are: of a line only what a name can have is kept. */
public final class ListLines implements Closeable {
    private static final int LONGEST = 4096;

    private final BufferedReader reader;

    public ListLines(Path file) throws IOException {
        this.reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    }

    /** The next line without its end, or null where there is none. */
    public @Nullable String next() throws IOException {
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
