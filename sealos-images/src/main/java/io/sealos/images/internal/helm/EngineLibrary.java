package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The native library of the engine as a file, in a directory of the user. The engine itself would unpack 98 MB into a
 * shared temporary directory for every process, leave them behind when it is killed, and possibly download code.
 */
final class EngineLibrary {
    private final EngineCache cache;

    EngineLibrary(EngineCache cache) {
        this.cache = cache;
    }

    /** {@return the file, which is unpacked if it does not exist or differs from the library on the class path} */
    Path file(URL url) throws IOException {
        return url.getProtocol().equals("file") ? inDirectory(url) : unpacked(url);
    }

    private static Path inDirectory(URL url) throws IOException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new IOException("the Helm engine is not in a file: " + url, e);
        }
    }

    private Path unpacked(URL url) throws IOException {
        cache.open();
        Sum sum = Sum.of(url);
        String name = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        Path library = cache.file(Long.toHexString(sum.crc()) + "-" + name);
        CheckedFile checked = new CheckedFile(library);
        if (checked.isUntouched()) {
            return library;
        }
        Optional<String> state = checked.restingState();
        if (!sum.isOf(library)) {
            try (InputStream in = connection(url).getInputStream()) {
                cache.write(in, library);
            }
        } else if (state.isPresent()) {
            checked.keep(state.get());
        }
        return library;
    }

    /** {@return a connection that does not keep the archive open after its stream is closed} */
    private static URLConnection connection(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    /** The checksum and size of the library on the class path, which are stored in the archive. */
    private record Sum(long crc, long size) {
        static Sum of(URL url) throws IOException {
            URLConnection connection = connection(url);
            try (InputStream in = connection.getInputStream()) {
                if (connection instanceof JarURLConnection jar) {
                    JarEntry entry = jar.getJarEntry();
                    if (entry.getCrc() >= 0 && entry.getSize() >= 0) {
                        return new Sum(entry.getCrc(), entry.getSize());
                    }
                }
                CheckedInputStream summed = new CheckedInputStream(in, new CRC32());
                long size = summed.transferTo(OutputStream.nullOutputStream());
                return new Sum(summed.getChecksum().getValue(), size);
            }
        }

        boolean isOf(Path file) throws IOException {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
                return false;
            }
            CRC32 sum = new CRC32();
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            try (FileChannel channel = FileChannel.open(file)) {
                while (channel.read(buffer.clear()) >= 0) {
                    sum.update(buffer.flip());
                }
            }
            return sum.getValue() == crc;
        }
    }
}
