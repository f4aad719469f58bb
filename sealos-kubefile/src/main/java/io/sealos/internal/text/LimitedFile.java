package io.sealos.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that are held in memory: one that is larger than any such file should be ends at a limit. */
public final class LimitedFile {
    private LimitedFile() {}

    /**
     * {@return the content of a file}
     *
     * @param most the most bytes that it may have
     * @param fix what to do about a file that has more
     * @throws FileSystemException if it has more
     */
    public static byte[] read(Path file, int most, String fix) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(file.toString(), null, "is larger than " + most + " bytes; " + fix);
            }
            return bytes;
        }
    }
}
