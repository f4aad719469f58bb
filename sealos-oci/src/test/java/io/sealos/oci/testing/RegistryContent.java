package io.sealos.oci.testing;

import io.sealos.images.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs and manifests of the in-process registry. A blob is in the repositories to which it was uploaded, or in all
 * repositories.
 */
final class RegistryContent {
    private static final String EVERYWHERE = "";

    private final Map<String, BlobBytes> blobs = new ConcurrentHashMap<>();
    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

    static Digest digestOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Digest.parse("sha256:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Digest putBlob(byte[] content) {
        return putBlob(EVERYWHERE, content);
    }

    Digest putBlob(String repository, byte[] content) {
        Digest digest = digestOf(content);
        putBlob(repository, digest, BlobBytes.of(content.clone()));
        return digest;
    }

    void putBlob(Digest digest, BlobBytes content) {
        putBlob(EVERYWHERE, digest, content);
    }

    private void putBlob(String repository, Digest digest, BlobBytes content) {
        blobs.put(digest.toString(), content);
        places.add(repository + "@" + digest);
    }

    /** Mounts a blob from another repository, and returns whether that repository has it. */
    boolean mount(String repository, String from, String digest) {
        return blob(from, digest).isPresent() && places.add(repository + "@" + digest);
    }

    Digest putManifest(String repository, String reference, String mediaType, byte[] content) {
        Digest digest = digestOf(content);
        Manifest manifest = new Manifest(mediaType, digest, content.clone());
        manifests.put(repository + "@" + digest, manifest);
        manifests.put(repository + "@" + reference, manifest);
        return digest;
    }

    Optional<BlobBytes> blob(String repository, String digest) {
        boolean there = places.contains(EVERYWHERE + "@" + digest) || places.contains(repository + "@" + digest);
        return there ? Optional.ofNullable(blobs.get(digest)) : Optional.empty();
    }

    Optional<Manifest> manifest(String repository, String reference) {
        return Optional.ofNullable(manifests.get(repository + "@" + reference));
    }

    /** A manifest or an index with its unchanged bytes. */
    static final class Manifest {
        final String mediaType;
        final Digest digest;
        final byte[] content;

        private Manifest(String mediaType, Digest digest, byte[] content) {
            this.mediaType = mediaType;
            this.digest = digest;
            this.content = content;
        }
    }
}
