package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small image with odd but valid formatting of its documents. */
public record TestImage(String architecture, String salt, boolean compressed) {
    /** With a layer that is not compressed. */
    public TestImage(String architecture, String salt) {
        this(architecture, salt, false);
    }

    public byte[] layer() {
        return compressed ? gzip(content()) : content();
    }

    private byte[] content() {
        return bytes(("layer " + architecture + salt).repeat(1000));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public byte[] config() {
        return bytes("{ \"os\":\"linux\",\n \"architecture\":\"" + architecture + "\", \"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":[\"" + Digests.sha256(content()) + "\"]} , \"salt\":\"" + salt + "\"}\n");
    }

    public byte[] manifest() {
        return bytes("{\"schemaVersion\" : 2,\t\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\n \"unknown\":\"\\u003c\","
                + "\"config\":" + descriptor(MediaTypes.OCI_CONFIG, config()) + ",\"layers\":[ "
                + descriptor(compressed ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER, layer()) + "]}\n\n");
    }

    public Digest digest() {
        return Digests.sha256(manifest());
    }

    public TestImage pushTo(InProcessRegistry registry, String repository, String reference) {
        registry.putBlob(layer());
        registry.putBlob(config());
        registry.putManifest(repository, reference, MediaTypes.OCI_MANIFEST, manifest());
        return this;
    }

    /** Writes an image layout that has this image. */
    public void writeLayout(Path directory) throws IOException {
        writeLayout(directory, descriptor(MediaTypes.OCI_MANIFEST, manifest()), layer(), config(), manifest());
    }

    /** Writes what {@code docker save} would. */
    public void writeDockerArchive(Path file) throws IOException {
        String config = Digests.sha256(config()).hex() + ".json";
        String list = "[{\"Config\":\"" + config + "\",\"RepoTags\":null,\"Layers\":[\"layer.tar\"]}]";
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            add(tar, "layer.tar", layer());
            add(tar, config, config());
            add(tar, "manifest.json", bytes(list));
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Writes an image layout that has an index of these images. */
    public static void writeIndexLayout(Path directory, TestImage one, TestImage other) throws IOException {
        byte[] index = index(one, other);
        String root = descriptor(MediaTypes.OCI_INDEX, index);
        writeLayout(directory, root, index, one.layer(), one.config(), one.manifest());
        writeLayout(directory, root, other.layer(), other.config(), other.manifest());
    }

    /** Writes an image layout with these blobs. */
    public static void writeLayout(Path directory, String root, byte[]... contents) throws IOException {
        Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
        for (byte[] blob : contents) {
            Files.write(blobs.resolve(Digests.sha256(blob).hex()), blob);
        }
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(directory.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + root + "]}");
    }

    public static byte[] index(TestImage... images) {
        StringBuilder entries = new StringBuilder();
        for (TestImage image : images) {
            String descriptor = descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
            entries.append(entries.length() == 0 ? "" : ",\n  ")
                    .append(descriptor, 0, descriptor.length() - 1)
                    .append(",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + image.architecture() + "\"}}");
        }
        return bytes("{ \"schemaVersion\":2, \"mediaType\":\"" + MediaTypes.OCI_INDEX + "\", \"manifests\":[" + entries
                + "], \"artifactType\":\"application/x\" }");
    }

    public static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digests.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
