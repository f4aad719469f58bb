package com.example.zip;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.FinishedImage;
import io.sealos.oci.ImageOutput;
import io.sealos.oci.ImageTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file with an OCI image layout, whose entries are not compressed. The file appears under its name when it is
 * complete; a file of that name is replaced then, and stays if the write fails. The same image gives the same bytes.
 * Immutable and thread-safe.
 */
public final class ImageZip implements ImageTarget {
    /** The earliest time that a zip file can have. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Consumer<Digest> listener;

    private ImageZip(Path file, Consumer<Digest> listener) {
        this.file = file.toAbsolutePath();
        this.listener = listener;
    }

    /**
     * {@return a target for that file}
     *
     * @param file the zip file, in a directory that exists
     */
    public static ImageZip file(Path file) {
        return new ImageZip(file, blob -> {});
    }

    /**
     * {@return this target, with a listener}
     *
     * @param added called after each blob, by the thread that writes
     */
    public ImageZip listener(Consumer<Digest> added) {
        return new ImageZip(file, added);
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory; name a file");
        }
        if (!Files.isDirectory(directory())) {
            throw new NotDirectoryException(directory().toString());
        }
    }

    @Override
    public List<Path> paths() {
        return List.of(file);
    }

    private Path directory() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    @Override
    public void write(ImageOutput image) throws IOException {
        FinishedImage finished = image.finish();
        Path part = directory().resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            write(finished, part);
            refuseInterrupt();
            force(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Waits until the bytes of a file are on the disk, which its name must not precede. */
    private static void force(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void write(FinishedImage image, Path part) throws IOException {
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER))) {
            zip.setMethod(ZipOutputStream.STORED);
            add(zip, image.layout(), image.layout().resolve("oci-layout"));
            for (Digest digest : image.digests()) {
                add(zip, image.layout(), image.blob(digest));
                listener.accept(digest);
            }
            add(zip, image.layout(), image.layout().resolve("index.json"));
        }
    }

    private void add(ZipOutputStream zip, Path layout, Path source) throws IOException {
        ZipEntry entry = new ZipEntry(layout.relativize(source).toString().replace('\\', '/'));
        entry.setTimeLocal(TIME);
        CRC32 sum = new CRC32();
        entry.setSize(copy(source, new Checked(sum)));
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        copy(source, zip);
        zip.closeEntry();
    }

    private long copy(Path source, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = Files.newInputStream(source)) {
            refuseInterrupt();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.write(buffer, 0, read);
                size += read;
                refuseInterrupt();
            }
        }
        return size;
    }

    private void refuseInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private InterruptedIOException interrupted() {
        return new InterruptedIOException("interrupted while " + file + " was written");
    }

    @Override
    public String toString() {
        return "zip:" + file;
    }

    /** Computes a checksum of what is written. */
    private static final class Checked extends OutputStream {
        private final CRC32 sum;

        Checked(CRC32 sum) {
            this.sum = sum;
        }

        @Override
        public void write(int one) {
            sum.update(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
        }
    }
}
