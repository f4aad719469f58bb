package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the lines that are run for an image and a Clusterfile with a record of the results of sealos's own code. */
class RuntimeConformanceTests {
    private static final String ROOT = "ROOT";
    private static final String APP = "APP";

    static Stream<Map<String, Object>> records() {
        return read().stream();
    }

    @Test
    void readsAllRecordsWhenAsked() {
        assertThat(read()).hasSize(211);
    }

    @ParameterizedTest
    @MethodSource("records")
    void saysWhatSealosRunsWhenAnImageIsRun(Map<String, Object> record) {
        Map<String, Object> expected = map(record, "expected");
        ContainerConfig config = config(map(record, "input"));
        assertThat(where(config)).as("where").isEqualTo(expected.get("where"));
        if (Objects.equals(expected.get("where"), "none")) {
            assertThat(runtime(record, 0).shellLine(ROOT).text()).isEmpty();
            return;
        }
        assertThat(ImageType.of(config.labels()).orElseThrow().label()).isEqualTo(expected.get("type"));
        assertRuns(runtime(record, 0), config, expected);
        if (Objects.equals(expected.get("where"), "all")) {
            Map<String, Object> node = new LinkedHashMap<>(expected);
            node.putAll(expected.containsKey("node") ? map(expected, "node") : Map.of());
            assertRuns(runtime(record, 1), config, node);
        }
    }

    private static void assertRuns(SealosRuntime runtime, ContainerConfig config, Map<String, Object> expected) {
        assertThat(runtime.expandedCommands()).as("commands").isEqualTo(expected.get("commands"));
        assertThat(runtime.environment()).as("env").isEqualTo(expected.get("env"));
        boolean application = ImageType.of(config.labels()).orElseThrow() == ImageType.APPLICATION;
        ShellLine line = runtime.shellLine(application ? APP : ROOT);
        assertThat(line.text()).as("shell").isEqualTo(expected.get("shell"));
        assertThat(String.valueOf(line.refusal().isEmpty()))
                .as("shell_ok of " + line + ": " + line.refusal())
                .isEqualTo(expected.get("shell_ok"));
    }

    private static String where(ContainerConfig config) {
        return ImageType.of(config.labels())
                .map(type -> type == ImageType.APPLICATION ? "master0" : "all")
                .orElse("none");
    }

    private static SealosRuntime runtime(Map<String, Object> record, int host) {
        Map<String, Object> input = map(record, "input");
        ContainerConfig config = config(input);
        SealosRuntime runtime = SealosRuntime.of(config);
        if (Objects.equals(input.get("position"), "0")) {
            runtime = runtime.withCmd(config, list(input, "command"));
        }
        runtime = runtime.withClusterfileEnvironment(pairs(list(input, "spec_env")));
        return runtime.withClusterfileEnvironment(
                hostEnvironment(config, hosts(input).get(host)));
    }

    private static Map<String, String> hostEnvironment(ContainerConfig config, Map<String, Object> host) {
        boolean application = where(config).equals("master0");
        boolean port = list(host, "ips").get(0).contains(":");
        return application && port ? Map.of() : pairs(list(host, "env"));
    }

    private static ContainerConfig config(Map<String, Object> input) {
        ContainerConfig.Builder config =
                ContainerConfig.builder().entrypoint(list(input, "entrypoint")).cmd(list(input, "cmd"));
        pairs(list(input, "env")).forEach(config::env);
        map(input, "labels").forEach((key, value) -> config.label(key, value.toString()));
        return config.build();
    }

    private static Map<String, String> pairs(List<String> lines) {
        Map<String, String> pairs = new LinkedHashMap<>();
        lines.forEach(it -> pairs.put(it.substring(0, it.indexOf('=')), it.substring(it.indexOf('=') + 1)));
        return pairs;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> json, String key) {
        return (Map<String, Object>) Objects.requireNonNull(json.get(key));
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Map<String, Object> json, String key) {
        return (List<String>) Objects.requireNonNull(json.get(key));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> hosts(Map<String, Object> input) {
        return (List<Map<String, Object>>) Objects.requireNonNull(input.get("hosts"));
    }

    private static List<Map<String, Object>> read() {
        List<Map<String, Object>> records = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RuntimeConformanceTests.class.getResourceAsStream("runtime.jsonl")),
                StandardCharsets.UTF_8))) {
            lines.lines().map(TinyJson::object).forEach(records::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }
}
