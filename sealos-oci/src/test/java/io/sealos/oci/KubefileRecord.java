package io.sealos.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.kubefile.BuildFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** One record of what buildah 1.30 made of a Kubefile and its context. */
record KubefileRecord(JsonNode json) {
    private static final List<String> OUR_FLAGS = List.of("--build-arg", "--target", "--platform", "--label", "--env");
    private static final int SET_ID_BITS = 06000;

    /** The records that count, and whose flags have calls of ours. */
    static List<KubefileRecord> readCounted(String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<KubefileRecord> records = new ArrayList<>();
        try (InputStream in = KubefileRecord.class.getResourceAsStream("/conformance/" + file)) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                KubefileRecord record = new KubefileRecord(mapper.readTree(line));
                if (record.counts()) {
                    records.add(record);
                }
            }
        }
        return records;
    }

    private boolean counts() {
        return !json.path("quirk").asText().startsWith("bug:")
                && flags().stream().filter(flag -> flag.startsWith("-")).allMatch(OUR_FLAGS::contains);
    }

    String id() {
        return json.path("id").asText();
    }

    boolean rejected() {
        return json.has("error");
    }

    boolean needsContainer() {
        return json.path("kubefile").asText().lines().anyMatch(KubefileRecord::needsContainer);
    }

    private static boolean needsContainer(String line) {
        return line.startsWith("RUN") || (line.startsWith("FROM") && !line.contains("scratch"));
    }

    /** Whether the context has owners or modes that only root can give. */
    boolean needsRoot() {
        for (JsonNode entry : json.path("context_tree")) {
            if (entry.has("uid")
                    || entry.has("gid")
                    || (Integer.parseInt(entry.path("mode").asText("0"), 8) & SET_ID_BITS) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the context has files with extended attributes. */
    boolean needsExtendedAttributes() {
        for (JsonNode entry : json.path("context_tree")) {
            if (entry.has("xattrs")) {
                return true;
            }
        }
        return false;
    }

    /** Lays out the context with the Kubefile, and says how it is built. */
    ClusterImageBuilder prepare(RecordedContext tree) throws IOException {
        Path context = tree.root();
        tree.create(json.path("context_tree"), json.path("outside"));
        String name = json.path("kubefile_name").asText("Kubefile");
        if (Files.notExists(context.resolve(name))) {
            tree.file(name, source());
        }
        ClusterImageBuilder builder = ClusterImage.builder().context(context).saveImages(false);
        if (!BuildFiles.NAMES.contains(name)) {
            builder.kubefile(context.resolve(name));
        }
        List<String> flags = flags();
        for (int at = 0; at + 1 < flags.size(); at += 2) {
            apply(flags.get(at), flags.get(at + 1), builder);
        }
        return builder;
    }

    private byte[] source() {
        return json.has("kubefile_base64")
                ? Base64.getDecoder().decode(json.path("kubefile_base64").asText())
                : json.path("kubefile").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static void apply(String flag, String value, ClusterImageBuilder builder) {
        int equals = value.indexOf('=');
        String key = equals < 0 ? value : value.substring(0, equals);
        String rest = equals < 0 ? "" : value.substring(equals + 1);
        switch (flag) {
            case "--build-arg" -> builder.buildArg(key, rest);
            case "--label" -> builder.label(key, rest);
            case "--env" -> builder.env(key, rest);
            case "--target" -> builder.target(value);
            case "--platform" -> builder.platform(value);
            default -> throw new IllegalStateException(flag);
        }
    }

    private List<String> flags() {
        List<String> flags = new ArrayList<>();
        json.path("flags").forEach(flag -> flags.add(flag.asText()));
        return flags;
    }
}
