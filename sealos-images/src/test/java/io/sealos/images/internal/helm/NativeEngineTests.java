package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.jni.InstallOptions;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
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
    void writesOptionsWhereJnaPutsThem() throws Exception {
        InstallOptions expected = (InstallOptions) InstallOptions.class.getConstructors()[0].newInstance(none());
        expected.name = "app";
        expected.namespace = "there";
        expected.chart = "/chart";
        expected.kubeVersion = "1.31.0";
        expected.values = "a=1";
        expected.valuesFiles = "/values.yaml";
        expected.dryRunOption = "client";
        expected.dryRun = 1;
        expected.clientOnly = 1;
        expected.write();
        Memory written = new DryInstall().options(call(Path.of("/chart"), Path.of("/values.yaml"), 1), "1.31.0");
        for (long at = 0; at < expected.size(); at += 8) {
            assertThat(word(written, at)).as("at " + at).isEqualTo(word(expected.getPointer(), at));
        }
    }

    /** The text that a pointer leads to, or the number; here no number is as large as an address. */
    private static String word(Pointer options, long at) {
        long word = options.getLong(at);
        return word >>> 33 == 0 ? Long.toString(word) : options.getPointer(at).getString(0, "UTF-8");
    }

    private static Object[] none() {
        Class<?>[] types = InstallOptions.class.getConstructors()[0].getParameterTypes();
        Object[] none = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            none[i] = types[i] == int.class ? 0 : null;
        }
        return none;
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a library that is loaded cannot be deleted there")
    void answersAlikeWhenJnaFindsOutHowTextsAreReturned() throws IOException {
        Path work = Files.createDirectories(directory.resolve("work"));
        Path library = EngineFiles.find(directory.resolve("cache/helm"), work).library();
        NativeLibrary loaded = NativeLibrary.getInstance(library.toString());
        Map<String, Outcome> charts =
                Map.of("größe of {{ .Release.Name }}", Outcome.RENDERED, "{{ fail \"größe\" }}", Outcome.REFUSED);
        for (Map.Entry<String, Outcome> expected : charts.entrySet()) {
            EngineCall call =
                    call(chart(expected.getKey()), Files.writeString(directory.resolve("v.yaml"), "{}"), 10_000);
            for (EngineFunctions functions : List.of(EngineFunctions.of(loaded), EngineFunctions.ofAnySystem(loaded))) {
                EngineAnswer answer = SignalGuard.keeping(() -> new NativeEngine(functions).answer(call));
                assertThat(answer.outcome()).isEqualTo(expected.getValue());
                assertThat(answer.text()).contains(expected.getValue() == Outcome.RENDERED ? "größe of app" : "größe");
            }
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
        return new EngineCall(chart, List.of("1.31.0"), "app", "there", values, "a=1", largest);
    }
}
