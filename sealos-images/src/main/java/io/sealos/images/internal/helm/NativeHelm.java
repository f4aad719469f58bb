package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Loads the engine from a folder of the user's own. The library's own way unpacks 98 MB into a shared temporary folder
 * for every process, leaves them there when killed, and may download code.
 */
final class NativeHelm {
    private NativeHelm() {}

    static HelmLib load(Path cache) throws IOException {
        String name = providerFor(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path library = unpacked(cache, name);
        return Native.load(library.toString(), HelmLib.class);
    }

    private static String providerFor(String os, String arch) throws IOException {
        String wantedArch = arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch;
        String system = os.toLowerCase(Locale.ROOT);
        String wantedOs = system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "windows" : system;
        Iterator<NativeLibrary> providers = ServiceLoader.load(NativeLibrary.class, NativeHelm.class.getClassLoader())
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

    /** The file's name has the hash of the archived bytes' identity; its own hash lies beside it and is checked. */
    private static Path unpacked(Path cache, String name) throws IOException {
        createOwn(cache);
        Path library = cache.resolve(identity(name) + "-" + name);
        Path sum = cache.resolve(library.getFileName() + ".sha256");
        if (Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) && Files.isRegularFile(sum)) {
            if (Files.readString(sum).equals(sha256(Files.newInputStream(library)))) {
                return library;
            }
        }
        unpack(cache, name, library, sum);
        return library;
    }

    private static void unpack(Path cache, String name, Path library, Path sum) throws IOException {
        Path part = Files.createTempFile(cache, "unpack", ".part");
        Path sumPart = Files.createTempFile(cache, "unpack", ".part");
        try (InputStream in = resource(name)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(sumPart, sha256(Files.newInputStream(part)));
            rename(part, library);
            rename(sumPart, sum);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(sumPart);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void createOwn(Path cache) throws IOException {
        boolean posix = cache.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path parent = cache.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.exists(cache, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(cache);
            if (posix) {
                Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (posix) {
            checkOwn(cache);
        }
    }

    private static void checkOwn(Path cache) throws IOException {
        Path probe = Files.createTempFile(cache, "owner", ".part");
        boolean mine = Files.getOwner(probe).equals(Files.getOwner(cache, LinkOption.NOFOLLOW_LINKS));
        Files.delete(probe);
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(cache, LinkOption.NOFOLLOW_LINKS));
        if (!mine || !mode.equals("rwx------")) {
            throw new IOException("the folder " + cache + " must be yours alone (mode 0700); remove it");
        }
    }

    private static String identity(String name) throws IOException {
        URL url = NativeHelm.class.getResource("/" + name);
        if (url == null) {
            throw new IOException("the Helm engine's archive lacks " + name);
        }
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc()) + Long.toHexString(connection.getContentLengthLong());
        }
        return Long.toHexString(connection.getLastModified()) + Long.toHexString(connection.getContentLengthLong());
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = NativeHelm.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw new IOException("the Helm engine's archive lacks " + name);
        }
        return in;
    }

    private static String sha256(InputStream in) throws IOException {
        try (DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[1 << 16];
            while (digest.read(buffer) >= 0) {}
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("every Java has SHA-256", e));
        }
    }
}
