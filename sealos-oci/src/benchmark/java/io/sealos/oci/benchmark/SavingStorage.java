package io.sealos.oci.benchmark;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Images in the storage of a distribution registry: {@code gzip0} and so on, of nine layers of 5 MB, of which five are
 * shared by groups of four; {@code plain0} and so on, the same with layers that are no gzip streams, which skopeo packs
 * while it copies them; and {@code large}, of one layer of 1 GB. The layers are random bytes.
 */
final class SavingStorage {
    private static final int MEGABYTE = 1 << 20;
    private static final byte[] CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"amd64\"}".getBytes(StandardCharsets.UTF_8);

    private final Path storage;

    SavingStorage(Path storage) {
        this.storage = storage;
    }

    void make(int images) throws IOException {
        for (int image = 0; image < images; image++) {
            writeImage("gzip" + image, layers(image, true));
            writeImage("plain" + image, layers(image, false));
        }
        writeImage("large", List.of(layer(1, 1024, true)));
    }

    private List<String> layers(int image, boolean packed) throws IOException {
        List<String> layers = new ArrayList<>();
        for (int layer = 0; layer < 9; layer++) {
            int seed = layer < 5 ? 1000 + image / 4 * 10 + layer : 2000 + image * 10 + layer;
            layers.add(layer(seed, 5, packed));
        }
        return layers;
    }

    /** The descriptor of the layer. */
    private String layer(int seed, int megabytes, boolean packed) throws IOException {
        MessageDigest hash = Digests.start("sha256");
        Path part = Files.createTempFile(Files.createDirectories(storage), "layer", "");
        OutputStream plain = new DigestOutputStream(Files.newOutputStream(part), hash);
        try (OutputStream content = packed ? new GZIPOutputStream(plain, 1 << 16) : plain) {
            Random random = new Random(seed);
            byte[] buffer = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(buffer);
                content.write(buffer);
            }
        }
        Digest digest = Digests.finish("sha256", hash);
        String descriptor = descriptor(packed ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER, digest, Files.size(part));
        Path data = data(digest);
        if (Files.exists(data)) {
            Files.delete(part);
        } else {
            Files.move(part, data);
        }
        return descriptor;
    }

    private void writeImage(String repository, List<String> layers) throws IOException {
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        manifest.writeBytes(("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(MediaTypes.OCI_CONFIG, write(CONFIG), CONFIG.length) + ",\"layers\":["
                        + String.join(",", layers) + "]}")
                .getBytes(StandardCharsets.UTF_8));
        Digest digest = write(manifest.toByteArray());
        Path root = storage.resolve("docker/registry/v2/repositories/" + repository);
        for (String layer : layers) {
            link(root.resolve("_layers/sha256"), Digest.parse(layer.replaceAll(".*\"(sha256:[0-9a-f]+)\".*", "$1")));
        }
        link(root.resolve("_layers/sha256"), Digests.sha256(CONFIG));
        link(root.resolve("_manifests/revisions/sha256"), digest);
        link(root.resolve("_manifests/tags/1/index/sha256"), digest);
        Files.writeString(
                Files.createDirectories(root.resolve("_manifests/tags/1/current"))
                        .resolve("link"),
                digest.toString());
    }

    private Digest write(byte[] document) throws IOException {
        Digest digest = Digests.sha256(document);
        Files.write(data(digest), document);
        return digest;
    }

    private static String descriptor(String type, Digest digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private static void link(Path directory, Digest digest) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve(digest.hex())).resolve("link"), digest.toString());
    }

    private Path data(Digest digest) throws IOException {
        String path = "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
        return Files.createDirectories(storage.resolve(path)).resolve("data");
    }
}
