package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of a directory without charts with a class loader that has neither the engine nor JNA. */
class EngineNotLoadedTests {
    @TempDir
    Path context;

    @Test
    void validateWhenThereIsNoChartNeedsNoEngine() throws Exception {
        Files.writeString(context.resolve("Kubefile"), """
                FROM scratch
                COPY manifests manifests
                COPY registry registry
                CMD ["kubectl apply -f manifests"]
                """);
        Files.createDirectory(context.resolve("manifests"));
        Files.writeString(context.resolve("manifests/pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: app
                spec:
                  containers:
                    - name: app
                      image: registry.example/team/app:1.0
                """);
        try (URLClassLoader loader = withoutEngine()) {
            assertThatThrownBy(() -> loader.loadClass("com.marcnuri.helm.jni.NativeLibrary"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> loader.loadClass("com.sun.jna.Native")).isInstanceOf(ClassNotFoundException.class);

            Class<?> type = loader.loadClass(LayoutValidator.class.getName());
            Object validator = type.getMethod("standard").invoke(null);
            Object report = type.getMethod("validate", Path.class).invoke(validator, context);

            Object findings = report.getClass().getMethod("findings").invoke(report);
            assertThat((List<?>) findings).isEmpty();
        }
    }

    private static URLClassLoader withoutEngine() throws Exception {
        List<URL> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("helm-java") && !entry.contains("jna")) {
                entries.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(entries.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
