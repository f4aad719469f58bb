package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A layout that no honest writer makes: every document and blob as the test wants it. */
final class HandMadeLayout {
    private final Path directory;

    HandMadeLayout(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    Path directory() {
        return directory;
    }

    Path blob(Digest digest) {
        return directory.resolve("blobs/sha256").resolve(digest.hex());
    }

    /** Stores a blob; the descriptor of it. */
    String store(String mediaType, byte[] content) throws IOException {
        Files.write(blob(Digests.sha256(content)), content);
        return TestImage.descriptor(mediaType, content);
    }

    String store(String mediaType, String document) throws IOException {
        return store(mediaType, document.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores an image of one layer; the descriptor of its manifest. */
    String image(String layerType, byte[] layer, Digest diffId) throws IOException {
        return image(List.of(store(layerType, layer)), List.of(diffId));
    }

    /** Stores an image of plain layers. */
    String image(byte[]... tars) throws IOException {
        List<String> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (byte[] tar : tars) {
            layers.add(store(MediaTypes.OCI_LAYER, tar));
            diffIds.add(Digests.sha256(tar));
        }
        return image(layers, diffIds);
    }

    private String image(List<String> layers, List<Digest> diffIds) throws IOException {
        String ids = diffIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        String config = store(
                MediaTypes.OCI_CONFIG,
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids
                        + "]}}");
        return store(
                MediaTypes.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + String.join(",", layers) + "]}");
    }

    static String indexOf(String... descriptors) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}";
    }

    HandMadeLayout index(String... descriptors) throws IOException {
        Files.writeString(directory.resolve("index.json"), indexOf(descriptors));
        return this;
    }

    /** Packs all files of the layout into that one; the archive. */
    Path archive(Path file) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file));
                Stream<Path> files = Files.walk(directory)) {
            for (Path member : files.filter(Files::isRegularFile).sorted().toList()) {
                tar.putArchiveEntry(
                        new TarArchiveEntry(member, directory.relativize(member).toString()));
                Files.copy(member, tar);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    /** A tar of these entries; a name that ends with a slash is a directory, the others hold their own name. */
    static byte[] tar(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : names) {
                byte[] content = name.contains(".wh.") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(entry.isDirectory() ? 0 : content.length);
                tar.putArchiveEntry(entry);
                if (!entry.isDirectory()) {
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A tar that says that a name of so many bytes follows. */
    static byte[] tarWithLongName(int bytes) {
        byte[] tar = new byte[512 + bytes];
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarArchiveEntry.LF_GNUTYPE_LONGNAME);
        entry.setSize(bytes);
        entry.writeEntryHeader(tar);
        return tar;
    }
}
