package io.sealos.oci.testing;

import io.sealos.images.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The blobs and manifests of the in-process registry; blobs are shared by all repositories. */
final class RegistryContent {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
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
        Digest digest = digestOf(content);
        blobs.put(digest.toString(), content.clone());
        return digest;
    }

    Digest putManifest(String repository, String reference, String mediaType, byte[] content) {
        Digest digest = digestOf(content);
        Manifest manifest = new Manifest(mediaType, digest, content.clone());
        manifests.put(repository + "@" + digest, manifest);
        manifests.put(repository + "@" + reference, manifest);
        return digest;
    }

    Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    Optional<Manifest> manifest(String repository, String reference) {
        return Optional.ofNullable(manifests.get(repository + "@" + reference));
    }

    /** A manifest or index, byte for byte as it was put. */
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
