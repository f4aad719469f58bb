package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.read.Whiteouts;
import io.sealos.oci.internal.registry.TargetPlatform;
import io.sealos.oci.internal.transport.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies below {@code registry/} of an image, gathered from its layers in one pass each, the lowest first. An upper
 * layer replaces files of the lower ones, and takes them away with <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">whiteouts</a>.
 */
final class RegistryContents {
    private static final String FOLDER = "registry/";
    private static final int MOST_FILES = 500_000;
    private static final int MAX_LINK = 200;
    private static final long MAX_DOCUMENTS = 64L << 20;

    private final TreeMap<String, RegistryFile> files = new TreeMap<>();
    private final @Nullable ApplicationFiles application;
    private long documentBytes;

    /** With application files, every blob is hashed, too. */
    RegistryContents(@Nullable ApplicationFiles application) {
        this.application = application;
    }

    void addLayer(InputStream tar) throws IOException {
        TreeMap<String, RegistryFile> added = new TreeMap<>();
        TarEntries entries = new TarEntries(tar);
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            String path = path(entry.name());
            if (isWhiteout(path)) {
                remove(path);
            } else if (path.startsWith(FOLDER)) {
                add(path, entry, entries, added);
            } else if (application != null && entry.isFile() && application.takes(path)) {
                application.add(path, entry.size(), entries.content());
            }
            if (files.size() + added.size() > MOST_FILES) {
                throw new IOException("there are more than " + MOST_FILES + " files below " + FOLDER);
            }
        }
        files.putAll(added);
        if (application != null) {
            application.endLayer();
        }
    }

    private static String path(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static boolean isWhiteout(String path) {
        return path.startsWith(Whiteouts.PREFIX, path.lastIndexOf('/') + 1);
    }

    private void remove(String whiteout) {
        int name = whiteout.lastIndexOf('/') + 1;
        String folder = whiteout.substring(0, name);
        String removed = whiteout.endsWith(Whiteouts.OPAQUE)
                ? folder
                : folder + whiteout.substring(name + Whiteouts.PREFIX.length()) + "/";
        if (application != null) {
            application.remove(removed);
        }
        if (!removed.equals(folder)) {
            files.remove(removed.substring(0, removed.length() - 1));
        }
        files.subMap(removed, removed + Character.MAX_VALUE).clear();
    }

    private void add(String path, TarEntry entry, TarEntries entries, Map<String, RegistryFile> added)
            throws IOException {
        if (entry.isLink()) {
            String target = path(entry.linkName());
            RegistryFile linked = added.containsKey(target) ? added.get(target) : files.get(target);
            if (linked != null) {
                added.put(path, linked);
            }
        } else if (entry.isFile()) {
            added.put(path, read(path, entry, entries.content()));
        }
    }

    private RegistryFile read(String path, TarEntry entry, InputStream content) throws IOException {
        if (path.endsWith("/link") && entry.size() <= MAX_LINK) {
            return RegistryFile.link(new String(content.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
        return path.endsWith("/data") ? blob(path, entry.size(), content) : RegistryFile.blob(entry.size());
    }

    /** Manifests and configurations are kept in short; what all of them together may take has a limit. */
    private RegistryFile blob(String path, long size, InputStream content) throws IOException {
        String algorithm = path.contains("/blobs/sha512/") ? "sha512" : "sha256";
        MessageDigest hash = Hashes.start(algorithm);
        InputStream hashed = application == null ? content : new DigestInputStream(content, hash);
        RegistryDocument document = RegistryDocument.read(algorithm, size, hashed);
        documentBytes += document == null ? 0 : size;
        if (documentBytes > MAX_DOCUMENTS) {
            throw new IOException("the manifests below " + FOLDER + " have more than " + MAX_DOCUMENTS + " bytes");
        }
        return new RegistryFile(size, "", application == null ? null : rest(algorithm, hash, hashed), document);
    }

    private static Digest rest(String algorithm, MessageDigest hash, InputStream hashed) throws IOException {
        hashed.transferTo(OutputStream.nullOutputStream());
        return Hashes.finish(algorithm, hash);
    }

    ContainedImages images() {
        return new ContainedImages(files);
    }

    RegistryCheck check(TargetPlatform platform) {
        return new RegistryCheck(files, platform);
    }
}
