package io.sealos.oci.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image with one file, which contains its name. The same name always results in the same bytes. */
final class SmallImage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;
    private final ImageReference reference;

    SmallImage(RegistryContent content, ImageReference reference) {
        this.content = content;
        this.reference = reference;
    }

    /** Adds the manifest of one platform, or the index of several, with everything that it refers to. */
    Digest put(List<Platform> platforms) throws IOException {
        if (platforms.size() == 1) {
            return put(MediaTypes.OCI_MANIFEST, manifest(platforms.get(0)));
        }
        ObjectNode index = document(MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (Platform platform : platforms) {
            byte[] manifest = manifest(platform);
            Digest digest = content.putManifest(
                    reference.repository(),
                    RegistryContent.digestOf(manifest).toString(),
                    MediaTypes.OCI_MANIFEST,
                    manifest);
            describe(manifests.addObject(), MediaTypes.OCI_MANIFEST, digest, manifest.length)
                    .set("platform", describe(JSON.createObjectNode(), platform));
        }
        return put(MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index));
    }

    private Digest put(String mediaType, byte[] document) {
        return content.putManifest(reference.repository(), reference.tag().orElse("latest"), mediaType, document);
    }

    private byte[] manifest(Platform platform) throws IOException {
        byte[] tar = layer(platform);
        byte[] layer = compressed(tar);
        byte[] config = config(platform, RegistryContent.digestOf(tar));
        ObjectNode manifest = document(MediaTypes.OCI_MANIFEST);
        describe(manifest.putObject("config"), MediaTypes.OCI_CONFIG, content.putBlob(config), config.length);
        describe(
                manifest.putArray("layers").addObject(),
                MediaTypes.OCI_LAYER_GZIP,
                content.putBlob(layer),
                layer.length);
        return JSON.writeValueAsBytes(manifest);
    }

    private static byte[] config(Platform platform, Digest diffId) throws IOException {
        ObjectNode config = describe(JSON.createObjectNode(), platform);
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId.toString());
        return JSON.writeValueAsBytes(config);
    }

    private byte[] layer(Platform platform) throws IOException {
        byte[] text = (reference + " for " + platform + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("image.txt");
            entry.setSize(text.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /**
     * Returns a gzip stream, which sealos copies unchanged. It is not compressed, because JDKs deflate to different
     * bytes.
     */
    private static byte[] compressed(byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new StoredGzip(bytes)) {
            gzip.write(tar);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode document(String mediaType) {
        return JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    private static ObjectNode describe(ObjectNode descriptor, String mediaType, Digest digest, long size) {
        return descriptor
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
    }

    private static ObjectNode describe(ObjectNode node, Platform platform) {
        node.put("architecture", platform.architecture()).put("os", platform.os());
        platform.variant().ifPresent(variant -> node.put("variant", variant));
        return node;
    }

    private static final class StoredGzip extends GZIPOutputStream {
        StoredGzip(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }
}
