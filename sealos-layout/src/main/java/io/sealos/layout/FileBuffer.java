package io.sealos.layout;

import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        try (ReadableByteChannel in = open(wanted.toPath())) {
            long size = in instanceof SeekableByteChannel file ? file.size() : Files.size(wanted.toPath());
            makeRoom((int) Math.min(most, size));
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

    // The channels of other file systems may hold the whole file in memory, as those of a zip file do.
    private static ReadableByteChannel open(Path path) throws IOException {
        Optional<Path> onDisk = OverlayFileSystem.onDisk(path);
        return onDisk.isPresent()
                ? Files.newByteChannel(onDisk.get())
                : Channels.newChannel(Files.newInputStream(path));
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
