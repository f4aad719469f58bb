package io.sealos.oci.internal.layout;

import io.sealos.internal.files.AtomicFile;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.FileRange;
import io.sealos.oci.internal.read.PartsFile;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of an archive. As long as its bytes are those of a file that already has its name, they are only compared; at
 * the first difference, they are written to a new file.
 */
final class PartOutput implements Closeable {
    private final Path file;
    private final Path incomplete;
    private final MessageDigest hash = Digests.start("sha256");
    private long size;
    private @Nullable InputStream earlier;
    private @Nullable OutputStream out;

    private PartOutput(Path file, Path incomplete) {
        this.file = file;
        this.incomplete = incomplete;
    }

    /** Opens a part that is written unless it is there already. */
    static PartOutput open(Path file, Path incomplete) throws IOException {
        if (Files.isDirectory(file)) {
            throw ImageProblemException.at(
                    file,
                    " is a directory, where a part of the archive is written",
                    "move it away, or name another archive");
        }
        PartOutput part = new PartOutput(file, incomplete);
        if (Files.isRegularFile(file)) {
            part.earlier = Files.newInputStream(file);
        } else {
            part.out = Files.newOutputStream(incomplete);
        }
        return part;
    }

    /** Opens a part whose size and digest only are wanted. */
    static PartOutput counted(Path file) {
        return new PartOutput(file, file);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (earlier != null && !isNext(earlier, bytes, offset, length)) {
            replace();
        }
        if (out != null) {
            out.write(bytes, offset, length);
        }
        hash.update(bytes, offset, length);
        size += length;
    }

    private static boolean isNext(InputStream earlier, byte[] bytes, int offset, int length) throws IOException {
        byte[] there = earlier.readNBytes(length);
        return Arrays.equals(there, 0, there.length, bytes, offset, offset + length);
    }

    /** Writes to a new file from now on, with what was the same so far. */
    private void replace() throws IOException {
        close();
        earlier = null;
        out = Files.newOutputStream(incomplete);
        try (InputStream same = FileRange.open(file, 0, size)) {
            same.transferTo(out);
        }
    }

    long size() {
        return size;
    }

    /** Completes the part, which {@link #publish} gives its name. */
    PartsFile.Part complete() throws IOException {
        if (earlier != null && earlier.read() >= 0) {
            replace();
        }
        close();
        return new PartsFile.Part(String.valueOf(file.getFileName()), size, Digests.finish("sha256", hash));
    }

    /** Returns whether there is a new file. */
    boolean isNew() {
        return out != null;
    }

    /** Gives a new file the name of the part. */
    void publish() throws IOException {
        if (isNew()) {
            AtomicFile.move(incomplete, file);
        }
    }

    @Override
    public void close() throws IOException {
        if (earlier != null) {
            earlier.close();
        }
        if (out != null) {
            out.close();
        }
    }
}
