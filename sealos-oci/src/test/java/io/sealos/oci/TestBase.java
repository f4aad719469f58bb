package io.sealos.oci;

import com.github.luben.zstd.Zstd;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A base image as others write them: Docker's media types or OCI's, layers stored in any way. */
final class TestBase {
    /** The configuration of a small rootfs. */
    static final String ROOTFS = "{\"Env\":[\"PATH=/usr/bin\",\"criData=/var/lib/containerd\",\"version=v0\"],"
            + "\"Entrypoint\":[\"base-entry\"],\"Cmd\":[\"base-cmd\"],"
            + "\"Labels\":{\"sealos.io.type\":\"rootfs\",\"sealos.io.version\":\"v1beta1\",\"version\":\"v1.24.0\"}}";

    static final String DIFF_IDS = "DIFF_IDS";

    private static final String HISTORY = "HISTORY";

    private final boolean docker;
    private final String architecture;
    private final String document;
    private final List<byte[]> tars = new ArrayList<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    TestBase(boolean docker, String architecture, String config) {
        this.docker = docker;
        this.architecture = architecture;
        this.document = "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"author\":\"someone\",\"config\":"
                + config + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + DIFF_IDS + "]},\"history\":["
                + HISTORY + "]}";
    }

    /** With a configuration that has {@link #DIFF_IDS} in place of those of its layers. */
    static TestBase ofDocument(String document) {
        return new TestBase(document);
    }

    private TestBase(String document) {
        this.docker = true;
        this.architecture = "amd64";
        this.document = document;
    }

    static TestBase oci() {
        return new TestBase(false, "amd64", ROOTFS);
    }

    TestBase layer(LayerCompression how, byte[] tar) throws IOException {
        tars.add(tar);
        blobs.add(stored(how, tar));
        String plain = docker ? MediaTypes.DOCKER_LAYER : MediaTypes.OCI_LAYER;
        String mark = docker ? "." : "+";
        types.add(
                how == LayerCompression.NONE ? plain : plain + mark + (how == LayerCompression.GZIP ? "gzip" : "zstd"));
        return this;
    }

    private static byte[] stored(LayerCompression how, byte[] tar) throws IOException {
        if (how == LayerCompression.ZSTD) {
            return Zstd.compress(tar);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar);
        }
        return how == LayerCompression.NONE ? tar : bytes.toByteArray();
    }

    String architecture() {
        return architecture;
    }

    List<Digest> digests() {
        return blobs.stream().map(Digests::sha256).toList();
    }

    byte[] config() {
        String history =
                tars.stream().map(tar -> "{\"created_by\":\"someone\"}").collect(Collectors.joining(","));
        String ids = tars.stream().map(tar -> "\"" + Digests.sha256(tar) + "\"").collect(Collectors.joining(","));
        return bytes(document.replace(DIFF_IDS, ids).replace(HISTORY, history));
    }

    byte[] manifest() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            layers.add(TestImage.descriptor(types.get(i), blobs.get(i)));
        }
        String type = docker ? MediaTypes.DOCKER_CONFIG : MediaTypes.OCI_CONFIG;
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + manifestType() + "\",\"config\":"
                + TestImage.descriptor(type, config()) + ",\"layers\":[" + String.join(",", layers) + "]}");
    }

    String manifestType() {
        return docker ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST;
    }

    TestBase pushTo(InProcessRegistry registry, String repository, String tag) {
        blobs.forEach(registry::putBlob);
        registry.putBlob(config());
        registry.putManifest(repository, tag, manifestType(), manifest());
        return this;
    }

    /** Stores the image in a layout, which then has no other. */
    TestBase storeIn(HandMadeLayout layout) throws IOException {
        for (byte[] blob : blobs) {
            layout.store("", blob);
        }
        layout.store("", config());
        layout.index(layout.store(manifestType(), manifest()));
        return this;
    }

    /** An entry: "d 0755 1:2 path", "f 0644 0:0 path content", "l 0777 0:0 path target" or "h … path target". */
    static byte[] tar(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String entry : entries) {
                add(entry.split(" ", 5), tar);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(String[] words, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(words[3], type(words[0]), true);
        String[] ids = words[2].split(":", 2);
        entry.setMode(Integer.parseInt(words[1], 8));
        entry.setIds(Integer.parseInt(ids[0]), Integer.parseInt(ids[1]));
        byte[] content = words[0].equals("f") && words.length > 4 ? bytes(words[4]) : new byte[0];
        entry.setSize(content.length);
        if (words[0].equals("l") || words[0].equals("h")) {
            entry.setLinkName(words[4]);
        }
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte type(String word) {
        return switch (word) {
            case "d" -> TarConstants.LF_DIR;
            case "l" -> TarConstants.LF_SYMLINK;
            case "h" -> TarConstants.LF_LINK;
            default -> TarConstants.LF_NORMAL;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
