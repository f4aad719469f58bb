package io.sealos.oci;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.kubefile.BuildFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One record of what buildah made of a Kubefile and its context. */
record KubefileRecord(String line, JsonNode json) {
    private static final List<String> OUR_FLAGS = List.of("--build-arg", "--target", "--platform", "--label", "--env");

    /** The folder of the recorded data; the test is skipped where it is not there. */
    static Path folder() {
        String given = System.getProperty("sealos.conformance");
        Path start = Path.of("").toAbsolutePath();
        Optional<Path> folder = given != null
                ? Optional.of(Path.of(given))
                : Stream.iterate(start, p -> p != null, Path::getParent)
                        .map(p -> p.resolve("shared/conformance"))
                        .filter(Files::isDirectory)
                        .findFirst();
        assumeThat(folder).as("recorded conformance data").isPresent();
        return folder.orElseThrow();
    }

    /** The records with a tree that count, and whose flags have calls of ours. */
    static List<KubefileRecord> readCounted() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<KubefileRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(folder().resolve("kubefile/adversarial.jsonl"))) {
            KubefileRecord record = new KubefileRecord(line, mapper.readTree(line));
            if (record.counts()) {
                records.add(record);
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

    /** Whether the context has owners that only root can give. */
    boolean needsRoot() {
        for (JsonNode entry : json.path("context_tree")) {
            if (entry.has("uid") || entry.has("gid")) {
                return true;
            }
        }
        return false;
    }

    /** Lays out the context with the Kubefile, and says how it is built. */
    ClusterImageBuilder prepare(RecordedContext tree) throws IOException {
        Path context = tree.root();
        tree.create(json.path("context_tree"));
        String name = json.path("kubefile_name").asText("Kubefile");
        tree.file(name, source());
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
