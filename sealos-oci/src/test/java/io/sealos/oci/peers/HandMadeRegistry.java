package io.sealos.oci.peers;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** One repository of a registry directory, written file by file, so that it can be wrong in any way. */
public final class HandMadeRegistry {
    private static final String V2 = "docker/registry/v2/";

    private final Path directory;
    private final String repository;

    public HandMadeRegistry(Path directory, String repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /** The digest of an image for an architecture, with a layer that is compressed. */
    public String image(String architecture) throws IOException {
        return image(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_LAYER_GZIP, architecture, gzip(architecture));
    }

    public String plainImage(String architecture) throws IOException {
        return image(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_LAYER, architecture, bytes("plain " + architecture));
    }

    /** With a manifest of Docker and a layer of OCI. */
    public String mixedImage(String architecture) throws IOException {
        return image(MediaTypes.DOCKER_MANIFEST, MediaTypes.OCI_LAYER_GZIP, architecture, gzip(architecture));
    }

    private String image(String type, String layerType, String architecture, byte[] layer) throws IOException {
        String platform = architecture.isEmpty() ? "" : "\"os\":\"linux\",\"architecture\":\"" + architecture + "\",";
        byte[] config = bytes("{" + platform + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + Digests.sha256(bytes(architecture)) + "\"]}}");
        String configType = type.equals(MediaTypes.DOCKER_MANIFEST) ? MediaTypes.DOCKER_CONFIG : MediaTypes.OCI_CONFIG;
        return manifest(
                type,
                "\"config\":" + descriptor(configType, blob(config), config.length) + ",\"layers\":["
                        + descriptor(layerType, blob(layer), layer.length) + "]");
    }

    /** The digest of an index; entries are {@link #entry}. */
    public String index(String... entries) throws IOException {
        return manifest(MediaTypes.OCI_INDEX, "\"manifests\":[" + String.join(",", entries) + "]");
    }

    /** Of an index; the platform is {@code os/architecture[/variant]}, or empty. */
    public String entry(String digest, String platform) throws IOException {
        Path blob = directory.resolve(V2 + path(digest));
        String type = MediaTypes.OCI_MANIFEST;
        long size = 1;
        if (Files.exists(blob)) {
            String content = Files.readString(blob);
            type = content.contains(MediaTypes.OCI_INDEX)
                    ? MediaTypes.OCI_INDEX
                    : content.contains(MediaTypes.DOCKER_MANIFEST) ? MediaTypes.DOCKER_MANIFEST : type;
            size = Files.size(blob);
        }
        String descriptor = descriptor(type, digest, size);
        List<String> parts = new ArrayList<>(List.of(platform.split("/", 3)));
        String variant = parts.size() > 2 ? ",\"variant\":\"" + parts.get(2) + "\"" : "";
        return platform.isEmpty()
                ? descriptor
                : descriptor.substring(0, descriptor.length() - 1) + ",\"platform\":{\"os\":\"" + parts.get(0)
                        + "\",\"architecture\":\"" + parts.get(1) + "\"" + variant + "}}";
    }

    private String manifest(String type, String content) throws IOException {
        String digest = put(bytes("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\"," + content + "}"));
        write("repositories/" + repository + "/_manifests/revisions/" + digest.replace(':', '/') + "/link", digest);
        return digest;
    }

    public HandMadeRegistry tag(String tag, String digest) throws IOException {
        write("repositories/" + repository + "/_manifests/tags/" + tag + "/current/link", digest);
        return this;
    }

    public HandMadeRegistry emptyTags() throws IOException {
        Files.createDirectories(directory.resolve(V2 + "repositories/" + repository + "/_manifests/tags"));
        return this;
    }

    /** Takes away what a manifest or a blob consists of, but leaves its links. */
    public HandMadeRegistry lose(String digest) throws IOException {
        Files.delete(directory.resolve(V2 + path(digest)));
        return this;
    }

    /** The digest of the layer of an {@link #image}. */
    public static String layer(String architecture) throws IOException {
        return Digests.sha256(gzip(architecture)).toString();
    }

    private String blob(byte[] content) throws IOException {
        String digest = put(content);
        write("repositories/" + repository + "/_layers/" + digest.replace(':', '/') + "/link", digest);
        return digest;
    }

    private String put(byte[] content) throws IOException {
        String digest = Digests.sha256(content).toString();
        Path file = directory.resolve(V2 + path(digest));
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.write(file, content);
        return digest;
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve(V2 + path);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.writeString(file, content);
    }

    private static String path(String digest) {
        String hex = digest.substring("sha256:".length());
        return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
    }

    private static String descriptor(String type, String digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bytes(content));
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
