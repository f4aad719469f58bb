package io.sealos.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.oci.internal.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The one image of a layout as records have it: its configuration, and the files of its layers laid over each other.
 */
record FlattenedImage(ObjectNode document, SortedMap<String, ObjectNode> files) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COMPARED =
            List.of("type", "mode", "uid", "gid", "size", "sha256", "target", "dev", "xattrs");
    private static final String XATTR = "SCHILY.xattr.";

    static FlattenedImage of(Path layout) throws IOException {
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        JsonNode manifest = blob(layout, index.path("manifests").path(0));
        SortedMap<String, ObjectNode> files = new TreeMap<>();
        for (JsonNode layer : manifest.path("layers")) {
            try (TarArchiveInputStream tar = open(layout, layer)) {
                delete(tar, files);
            }
            try (TarArchiveInputStream tar = open(layout, layer)) {
                lay(tar, files);
            }
        }
        return new FlattenedImage((ObjectNode) blob(layout, manifest.path("config")), files);
    }

    private static JsonNode blob(Path layout, JsonNode descriptor) throws IOException {
        return JSON.readTree(file(layout, descriptor).toFile());
    }

    private static Path file(Path layout, JsonNode descriptor) {
        return layout.resolve("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
    }

    private static TarArchiveInputStream open(Path layout, JsonNode layer) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file(layout, layer)));
        boolean gzip = layer.path("mediaType").asText().endsWith("gzip");
        return new TarArchiveInputStream(gzip ? new GZIPInputStream(in) : in, "UTF-8");
    }

    /** Applies the whiteouts of a layer. */
    private static void delete(TarArchiveInputStream tar, SortedMap<String, ObjectNode> files) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = normal(entry.getName());
            int name = path.lastIndexOf('/') + 1;
            if (path.startsWith(".wh..wh..opq", name)) {
                files.subMap(path.substring(0, name), path.substring(0, Math.max(name - 1, 0)) + "0")
                        .clear();
            } else if (path.startsWith(".wh.", name)) {
                String deleted = path.substring(0, name) + path.substring(name + ".wh.".length());
                files.remove(deleted);
                files.subMap(deleted + "/", deleted + "0").clear();
            }
        }
    }

    private static void lay(TarArchiveInputStream tar, SortedMap<String, ObjectNode> files) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = normal(entry.getName());
            if (path.isEmpty() || path.contains(".wh.")) {
                continue;
            }
            ObjectNode file = entry.isLink()
                    ? Objects.requireNonNull(files.get(normal(entry.getLinkName())))
                            .deepCopy()
                    : file(entry, tar);
            if (!entry.isDirectory()) {
                files.subMap(path + "/", path + "0").clear();
            }
            files.put(path, file);
        }
    }

    private static String normal(String name) {
        return String.join(
                "/",
                List.of(name.split("/")).stream()
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList());
    }

    private static ObjectNode file(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        ObjectNode file = JSON.createObjectNode();
        file.put("type", type(entry));
        file.put("mode", String.format(Locale.ROOT, "%04o", entry.isSymbolicLink() ? 0777 : entry.getMode() & 07777));
        file.put("uid", entry.getLongUserId());
        file.put("gid", entry.getLongGroupId());
        if (entry.isSymbolicLink()) {
            file.put("target", entry.getLinkName());
        } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            file.put("dev", entry.getDevMajor() + ":" + entry.getDevMinor());
        } else if (type(entry).equals("file")) {
            byte[] content = tar.readAllBytes();
            file.put("size", content.length);
            file.put("sha256", Digests.sha256(content).hex());
        }
        for (Map.Entry<String, String> header : new TreeMap<>(entry.getExtraPaxHeaders()).entrySet()) {
            if (header.getKey().startsWith(XATTR)) {
                file.withObjectProperty("xattrs")
                        .put(header.getKey().substring(XATTR.length()), value(header.getValue()));
            }
        }
        return file;
    }

    /** A value that is no text is recorded in base64. */
    private static String value(String value) {
        return value.indexOf('\0') < 0
                ? value
                : "base64:" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return "dir";
        }
        if (entry.isSymbolicLink()) {
            return "symlink";
        }
        if (entry.isFIFO()) {
            return "fifo";
        }
        return entry.isCharacterDevice() ? "char" : entry.isBlockDevice() ? "block" : "file";
    }

    /** Returns the differences from a record. */
    List<String> differencesFrom(JsonNode record) {
        List<String> differences = new ArrayList<>();
        differ("config", record.path("config"), config(), differences);
        differ("architecture", record.path("architecture"), document.path("architecture"), differences);
        differ("os", record.path("os"), document.path("os"), differences);
        Map<String, JsonNode> wanted = new TreeMap<>();
        for (JsonNode entry : record.path("tree")) {
            if (!entry.path("path").asText().isEmpty()) {
                wanted.put(
                        entry.path("path").asText(),
                        ((ObjectNode) entry).deepCopy().retain(COMPARED));
            }
        }
        TreeSet<String> paths = new TreeSet<>(wanted.keySet());
        paths.addAll(files.keySet());
        for (String path : paths) {
            differ("/" + path, wanted.get(path), files.get(path), differences);
        }
        return differences;
    }

    private static void differ(
            String what, @Nullable JsonNode wanted, @Nullable JsonNode found, List<String> differences) {
        // Numbers are equal as texts, however they were made.
        if (!String.valueOf(sorted(wanted)).equals(String.valueOf(sorted(found)))) {
            differences.add(what + ": " + found + " instead of " + wanted);
        }
    }

    private static @Nullable Object sorted(@Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            return node;
        }
        Map<String, Object> sorted = new TreeMap<>();
        node.properties().forEach(field -> sorted.put(field.getKey(), String.valueOf(sorted(field.getValue()))));
        return sorted;
    }

    /** Without what is empty, and without the version that buildah puts into a label. */
    private ObjectNode config() {
        ObjectNode config = document.path("config").deepCopy();
        if (document.has("author")) {
            config.set("author", document.get("author"));
        }
        if (config.path("Labels") instanceof ObjectNode labels) {
            labels.remove("io.buildah.version");
        }
        for (Iterator<JsonNode> values = config.elements(); values.hasNext(); ) {
            JsonNode value = values.next();
            if (value.isContainerNode() && value.isEmpty()) {
                values.remove();
            }
        }
        return config;
    }
}
