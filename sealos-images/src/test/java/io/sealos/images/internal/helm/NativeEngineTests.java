package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.internal.helm.EngineAnswer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeEngineTests {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsEngine() {
        EngineAssumption.library();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a library that is loaded cannot be deleted there")
    void answersInUtf8WhatIsTextInTheChartAndInItsOptions() throws IOException {
        Path work = Files.createDirectories(directory.resolve("work"));
        NativeEngine engine = NativeEngine.load(
                EngineFiles.find(directory.resolve("cache/helm"), work).library());
        Map<String, Outcome> charts = Map.of(
                "größe of {{ .Release.Name }}, {{ .Values.a }}",
                Outcome.RENDERED,
                "{{ fail \"größe\" }}",
                Outcome.REFUSED);
        for (Map.Entry<String, Outcome> expected : charts.entrySet()) {
            EngineCall call =
                    call(chart(expected.getKey()), Files.writeString(directory.resolve("v.yaml"), "{}"), 10_000);
            EngineAnswer answer = SignalGuard.keeping(() -> engine.answer(call));
            assertThat(answer.outcome()).isEqualTo(expected.getValue());
            assertThat(answer.text())
                    .contains(expected.getValue() == Outcome.RENDERED ? "größe of app, höhe" : "größe");
        }
    }

    private Path chart(String notes) throws IOException {
        Path chart = directory.resolve("chart");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: c\nversion: 0.1.0\n");
        Files.writeString(chart.resolve("templates/NOTES.txt"), notes);
        return chart;
    }

    private static EngineCall call(Path chart, Path values, long largest) {
        return new EngineCall(chart, List.of("1.31.0"), "app", "there", values, "a=höhe", largest);
    }
}
