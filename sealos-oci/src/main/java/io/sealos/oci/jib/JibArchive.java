package io.sealos.oci.jib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.jib.BlobDirectory.Blob;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The archive of an image for one platform that Jib has written: an OCI layout or a docker-archive. A docker-archive
 * has no manifest, so the manifest that Jib would push is created with Jib's own template.
 */
final class JibArchive {
    private static final String OCI_INDEX = "index.json";
    private static final String DOCKER_INDEX = "manifest.json";
    private static final String OCI_BLOBS = "blobs/sha256/";

    private final BlobDirectory blobs;
    private final Map<String, Blob> files = new HashMap<>();
    private final Map<String, JsonNode> indexes = new HashMap<>();

    private JibArchive(BlobDirectory blobs) {
        this.blobs = blobs;
    }

    /** Copies the blobs of the archive to the directory, and returns their manifest. */
    static JibManifest unpack(Path archive, BlobDirectory blobs) throws IOException {
        JibArchive unpacked = new JibArchive(blobs);
        try (InputStream content = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
            unpacked.readAll(tar);
        }
        return unpacked.manifest();
    }

    private void readAll(TarArchiveInputStream tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName();
            if (name.equals(OCI_INDEX) || name.equals(DOCKER_INDEX)) {
                indexes.put(name, new ObjectMapper().readTree(tar.readAllBytes()));
            } else if (entry.isFile() && !name.equals("oci-layout")) {
                files.put(name, blobs.put(tar));
            }
        }
    }

    private JibManifest manifest() throws IOException {
        JsonNode oci = indexes.get(OCI_INDEX);
        if (oci != null) {
            JsonNode root = oci.path("manifests").path(0);
            String hex = Digest.parse(root.path("digest").asText()).hex();
            return new JibManifest(MediaTypes.OCI_MANIFEST, file(OCI_BLOBS + hex));
        }
        return new JibManifest(MediaTypes.DOCKER_MANIFEST, blobs.put(dockerManifest()));
    }

    private byte[] dockerManifest() throws IOException {
        JsonNode image = indexes.getOrDefault(DOCKER_INDEX, new ObjectMapper().nullNode())
                .path(0);
        V22ManifestTemplate manifest = new V22ManifestTemplate();
        Blob config = file(image.path("Config").asText());
        manifest.setContainerConfiguration(config.size(), jibDigest(config));
        for (JsonNode layer : image.path("Layers")) {
            Blob blob = file(layer.asText());
            manifest.addLayer(blob.size(), jibDigest(blob));
        }
        return JsonTemplateMapper.toByteArray(manifest);
    }

    private Blob file(String name) throws IOException {
        Blob blob = files.get(name);
        if (blob == null) {
            throw new IOException(
                    "the archive that Jib wrote has no file '" + name + "'; is its version of Jib known?");
        }
        return blob;
    }

    private static DescriptorDigest jibDigest(Blob blob) throws IOException {
        try {
            return DescriptorDigest.fromHash(blob.digest().hex());
        } catch (DigestException e) {
            throw new IOException("Jib does not know " + blob.digest() + " as a digest", e);
        }
    }
}
