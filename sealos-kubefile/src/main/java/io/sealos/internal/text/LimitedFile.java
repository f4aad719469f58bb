package io.sealos.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole files into memory, up to a limit on their size. */
public final class LimitedFile {
    private LimitedFile() {}

    /**
     * {@return the content of a file}
     *
     * @param most the largest allowed size in bytes
     * @param fix the fix that the message gives for a larger file
     * @throws FileSystemException if the file is larger
     */
    public static byte[] read(Path file, int most, String fix) throws IOException {
        byte[] bytes = FileFailures.explained(file, () -> first(file, most + 1));
        if (bytes.length > most) {
            throw new FileSystemException(file.toString(), null, "is larger than " + most + " bytes; " + fix);
        }
        return bytes;
    }

    private static byte[] first(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }
}
