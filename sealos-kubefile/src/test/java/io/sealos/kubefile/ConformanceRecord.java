package io.sealos.kubefile;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One record of what buildah made of a Kubefile. */
record ConformanceRecord(Map<String, Object> json) {
    private static final List<String> OUR_FLAGS = List.of("--build-arg", "--target", "--platform", "--label", "--env");

    /** All records of a file; the test is skipped where the directory is not there. */
    static List<ConformanceRecord> read(String file) throws IOException {
        Optional<Path> directory = directory();
        assumeThat(directory).as("recorded conformance data").isPresent();
        try (Stream<String> lines = Files.lines(directory.orElseThrow().resolve(file))) {
            return lines.map(line -> new ConformanceRecord(TinyJson.object(line)))
                    .toList();
        }
    }

    private static Optional<Path> directory() {
        String given = System.getProperty("sealos.conformance");
        Path start = Path.of("").toAbsolutePath();
        return given != null
                ? Optional.of(Path.of(given, "kubefile"))
                : Stream.iterate(start, p -> p != null, Path::getParent)
                        .map(p -> p.resolve("shared/conformance/kubefile"))
                        .filter(Files::isDirectory)
                        .findFirst();
    }

    String id() {
        return text("id");
    }

    boolean counts() {
        return !text("quirk").startsWith("bug:")
                && flags().stream().filter(f -> f.startsWith("-")).allMatch(OUR_FLAGS::contains);
    }

    boolean rejected() {
        return json.containsKey("error");
    }

    String error() {
        return text("error");
    }

    byte[] source() {
        return json.containsKey("kubefile")
                ? text("kubefile").getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(text("kubefile_base64"));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> config() {
        return (Map<String, Object>) json.getOrDefault("config", Map.of());
    }

    BuildOptions options() {
        BuildOptions.Builder options = BuildOptions.builder();
        List<String> flags = flags();
        for (int at = 0; at + 1 < flags.size(); at += 2) {
            apply(flags.get(at), flags.get(at + 1), options);
        }
        return options.build();
    }

    private static void apply(String flag, String value, BuildOptions.Builder options) {
        int equals = value.indexOf('=');
        String key = equals < 0 ? value : value.substring(0, equals);
        String rest = equals < 0 ? "" : value.substring(equals + 1);
        switch (flag) {
            case "--build-arg" -> options.buildArg(key, rest);
            case "--label" -> options.label(key, rest);
            case "--env" -> options.env(key, rest);
            case "--target" -> options.target(value);
            case "--platform" -> options.platform(Platform.parse(value));
            default -> throw new IllegalStateException(flag);
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> flags() {
        return (List<String>) json.getOrDefault("flags", List.of());
    }

    private String text(String key) {
        return (String) json.getOrDefault(key, "");
    }
}
