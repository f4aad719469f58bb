package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a chart with all its dependencies may take on disk: a bomb ends here. */
final class CopyBudget {
    private static final int MAX_ENTRIES = 50_000;
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private int entries;
    private long bytes;

    void countEntry() throws ChartFormatException {
        if (++entries > MAX_ENTRIES) {
            throw new ChartFormatException("the chart has more than " + MAX_ENTRIES + " files");
        }
    }

    void copy(InputStream in, Path target) throws IOException, ChartFormatException {
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        byte[] buffer = new byte[1 << 14];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > MAX_BYTES) {
                    throw new ChartFormatException("the chart is larger than " + MAX_BYTES + " bytes");
                }
                out.write(buffer, 0, count);
            }
        }
    }
}
