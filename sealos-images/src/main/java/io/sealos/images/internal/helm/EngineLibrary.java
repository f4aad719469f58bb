package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * The engine's native library as a file, in a folder of the user's own. The engine's own way unpacks 98 MB into a
 * shared temporary folder for every process, leaves them there when killed, and may download code.
 */
final class EngineLibrary {
    private final Path cache;
    private final Path work;

    EngineLibrary(Path cache, Path work) {
        this.cache = cache;
        this.work = work;
    }

    /** What is written first, under a name that is this process's own. */
    static Path part(Path cache, Path work) {
        return cache.resolve(work.getFileName() + ".part");
    }

    /** Unpacks it if it is not there yet, or not as the archive has it. */
    Path file() throws IOException {
        String name = binary(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        URL url = EngineLibrary.class.getResource("/" + name);
        if (url == null) {
            throw new IOException("the Helm engine's archive lacks " + name);
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection instanceof JarURLConnection jar ? unpacked(jar, name) : inFolder(url);
    }

    private static Path inFolder(URL url) throws IOException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new IOException("the Helm engine lies in no file: " + url, e);
        }
    }

    private static String binary(String os, String arch) throws IOException {
        String wantedArch = arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch;
        String system = os.toLowerCase(Locale.ROOT);
        String wantedOs = system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "windows" : system;
        Iterator<NativeLibrary> providers = ServiceLoader.load(
                        NativeLibrary.class, EngineLibrary.class.getClassLoader())
                .iterator();
        try {
            while (providers.hasNext()) {
                String binary = providers.next().getBinaryName();
                if (binary.contains(wantedOs) && binary.contains(wantedArch)) {
                    return binary;
                }
            }
        } catch (ServiceConfigurationError e) {
            throw new IOException("a Helm engine on the class path is broken: " + e.getMessage(), e);
        }
        throw new IOException("there is no Helm engine for " + wantedOs + "-" + wantedArch + " on the class path");
    }

    private Path unpacked(JarURLConnection jar, String name) throws IOException {
        createOwn();
        try (InputStream in = jar.getInputStream()) {
            JarEntry entry = jar.getJarEntry();
            Path library = cache.resolve(Long.toHexString(entry.getCrc()) + "-" + name);
            CheckedLibrary checked = new CheckedLibrary(library);
            if (!checked.isUntouched()) {
                check(checked, library, entry, in);
            }
            return library;
        }
    }

    private void check(CheckedLibrary checked, Path library, JarEntry entry, InputStream in) throws IOException {
        Optional<String> state = checked.restingState();
        if (!isWhole(library, entry)) {
            unpack(in, library);
        } else if (state.isPresent()) {
            checked.keep(state.get(), part(cache, work));
        }
    }

    private void unpack(InputStream in, Path library) throws IOException {
        Path part = part(cache, work);
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                // Once for each version: a failure of power must not leave it damaged.
                written.force(true);
            }
            rename(part, library);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether it has the sum that the archive has for it. */
    private static boolean isWhole(Path library, JarEntry entry) throws IOException {
        if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) || Files.size(library) != entry.getSize()) {
            return false;
        }
        CRC32 sum = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(library)) {
            while (channel.read(buffer.clear()) >= 0) {
                sum.update(buffer.flip());
            }
        }
        return sum.getValue() == entry.getCrc();
    }

    private void createOwn() throws IOException {
        Path parent = cache.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = cache.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.exists(cache, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(cache);
            if (posix) {
                Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (posix) {
            checkOwn();
        }
    }

    /** The work folder is this process's own, so that its owner is this user. */
    private void checkOwn() throws IOException {
        boolean mine = Files.getOwner(work).equals(Files.getOwner(cache, LinkOption.NOFOLLOW_LINKS));
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(cache, LinkOption.NOFOLLOW_LINKS));
        if (!mine || !mode.equals("rwx------")) {
            throw new IOException("the folder " + cache + " must be yours alone (mode 0700); remove it");
        }
    }
}
