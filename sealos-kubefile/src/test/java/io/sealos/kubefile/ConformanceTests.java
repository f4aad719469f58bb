package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.internal.source.SourceBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceTests {
    // What only the file tree gives away is for whoever writes it.
    private static final List<String> TREE_ERRORS = List.of(
            "checking on sources",
            "no items matching",
            "already exists",
            "looking up UID",
            "processing excludes",
            "reading \"");

    @ParameterizedTest
    @ValueSource(strings = {"real.jsonl", "adversarial.jsonl"})
    void evaluatesLikeBuildahWhenRecorded(String file) throws IOException {
        Map<String, String> wrong = new LinkedHashMap<>();
        int counted = 0;
        for (ConformanceRecord record : ConformanceRecord.read(file)) {
            if (record.counts()) {
                counted++;
                String difference = difference(record);
                if (!difference.isEmpty()) {
                    wrong.put(record.id(), difference);
                }
            }
        }
        assertThat(wrong).as("of " + counted + " records").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"real.jsonl", "adversarial.jsonl"})
    void printsBackWhenParsed(String file) throws IOException {
        for (ConformanceRecord record : ConformanceRecord.read(file)) {
            Kubefile lenient =
                    Kubefile.parseLenient(SourceBytes.decode(record.source())).kubefile();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            lenient.writeTo(out);
            assertThat(out.toByteArray()).as(record.id()).isEqualTo(record.source());
        }
    }

    private static String difference(ConformanceRecord record) {
        try {
            KubefileEvaluation evaluation = Kubefile.parse(record.source()).evaluate(record.options());
            if (!evaluation.refusals().isEmpty()) {
                return record.rejected() || needsContainer(record) ? "" : "refused for no reason";
            }
            if (record.rejected()) {
                return TREE_ERRORS.stream().anyMatch(record.error()::contains)
                        ? ""
                        : "accepted, but buildah says " + record.error();
            }
            Map<String, Object> config = asJson(evaluation.config());
            Map<String, Object> expected = new TreeMap<>(record.config());
            return config.equals(expected) ? "" : config + " instead of " + expected;
        } catch (KubefileParseException | KubefileEvaluationException e) {
            return record.rejected() ? "" : "rejected: " + e.getMessage();
        }
    }

    private static boolean needsContainer(ConformanceRecord record) {
        return new String(record.source(), StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line -> line.startsWith("RUN") || (line.startsWith("FROM") && !line.contains("scratch")));
    }

    private static Map<String, Object> asJson(ContainerConfig config) {
        Map<String, Object> json = new TreeMap<>();
        json.put(
                "Env",
                config.env().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        put("Cmd", config.cmd(), json);
        put("Entrypoint", config.entrypoint(), json);
        if (!config.labels().isEmpty()) {
            json.put("Labels", config.labels());
        }
        config.user().ifPresent(v -> json.put("User", v));
        config.workingDir().ifPresent(v -> json.put("WorkingDir", v));
        config.stopSignal().ifPresent(v -> json.put("StopSignal", v));
        config.author().ifPresent(v -> json.put("author", v));
        putSet("ExposedPorts", config.exposedPorts(), json);
        putSet("Volumes", config.volumes(), json);
        return json;
    }

    private static void put(String key, List<String> value, Map<String, Object> json) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    private static void putSet(String key, List<String> values, Map<String, Object> json) {
        Map<String, Object> set = new LinkedHashMap<>();
        values.forEach(value -> set.put(value, Map.of()));
        if (!set.isEmpty()) {
            json.put(key, set);
        }
    }
}
