package io.sealos.layout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of the file that was read last. All files of a walk share one buffer: allocating one for each of many
 * files would take longer than reading them.
 */
final class FileBuffer {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int asked;
    private @Nullable ContextFile file;
    private boolean failed;
    private int failures;

    /**
     * {@return the first bytes of a file, valid until another file is read} The file is read again only if more bytes
     * are wanted than before.
     */
    ByteBuffer start(ContextFile wanted, int most) {
        if (file != wanted || (asked < most && bytes.limit() == asked)) {
            read(wanted, most);
        }
        return bytes.duplicate();
    }

    /** Reads the file. One that cannot be read has no bytes; the rule file-unusable reports it. */
    private void read(ContextFile wanted, int most) {
        file = wanted;
        asked = most;
        failed = false;
        try (SeekableByteChannel in = Files.newByteChannel(wanted.toPath())) {
            makeRoom((int) Math.min(most, in.size()));
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // The channel may return fewer bytes than remain.
            }
            bytes.flip();
        } catch (ClosedByInterruptException e) {
            throw new UncheckedIOException(new InterruptedIOException("interrupted while files were looked at"));
        } catch (IOException e) {
            failed = true;
            failures++;
            bytes.clear().limit(0);
        }
    }

    /** {@return whether the last file could not be read} */
    boolean hasFailed() {
        return failed;
    }

    /** {@return the number of reads that failed} */
    int failures() {
        return failures;
    }

    private void makeRoom(int size) {
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocate(Math.max(size, 2 * bytes.capacity()));
        }
        bytes.clear().limit(size);
    }
}
