package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.sealos.images.VirtualContext;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts in file systems with the rules of macOS and Windows for names, compared with those of Linux. */
class PlatformRulesTests {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: a
            spec:
              containers:
                - name: a
                  image: registry.example/a:1
            """;
    private static final String CHART = "apiVersion: v2\nname: app\nversion: 1.0.0\n";

    @TempDir
    Path directory;

    private int builds;

    private static final List<Rules> OTHERS =
            List.of(new Rules(Configuration.osX(), "/c"), new Rules(Configuration.windows(), "C:\\c"));

    /** The rules of an operating system, and the path of a context. */
    private record Rules(Configuration configuration, String context) {}

    private static final Rules LINUX = new Rules(Configuration.unix(), "/c");

    /** Files that are found under another name only where the file system does not tell case apart. */
    @ParameterizedTest
    @CsvSource({
        "echo, Manifests/a.yaml",
        "echo, Images/Shim/list",
        "echo, .DockerIgnore",
        "echo, Registry/a",
        "kubectl apply -f Deploy/A.yaml, deploy/a.yaml",
        "kubectl apply -k k, k/Kustomization.yaml",
        "bash Init.sh, init.sh",
        "kubectl apply -f 'deploy\\\\a.yaml', deploy/a.yaml",
        "kubectl apply -f 'C:/c/a.yaml', a.yaml",
    })
    void contextWhenNamesDifferGivesTheResultsOfLinux(String command, String file) throws IOException {
        assertAlike(files(command, file, POD));
    }

    @Test
    void contextWhenChartHasOtherCaseGivesTheResultsOfLinux() throws IOException {
        Map<String, String> files = files("helm install app charts/App -f Values.yaml", "values.yaml", "a: b\n");
        files.put("charts/app/Chart.yaml", CHART);
        files.put("charts/app/templates/pod.yaml", POD);

        assertAlike(files);
    }

    @Test
    void contextWhenKustomizationNamesABackslashGivesTheResultsOfLinux() throws IOException {
        Map<String, String> files = files("kubectl apply -k k", "k/deploy/a.yaml", POD);
        files.put("k/kustomization.yaml", "resources: ['deploy\\a.yaml']\n");

        assertAlike(files);
    }

    @Test
    void contextWhenCopyHasOtherCaseIsRefused() throws IOException {
        Map<String, String> files = files("echo", "opt/tool", "x");
        files.put("Kubefile", "FROM scratch\nCOPY Opt opt\nCMD [\"echo\"]\n");

        for (Rules rules : OTHERS) {
            try (FileSystem system = Jimfs.newFileSystem(rules.configuration())) {
                Path context = write(system.getPath(rules.context()), files);
                assertThatThrownBy(() -> ContextResult.builder(context).build())
                        .isInstanceOf(BuildRefusedException.class)
                        .hasMessage("Kubefile:2:1: COPY Opt opt: there is no 'Opt' in the context " + rules.context()
                                + "; did you mean 'opt'?");
            }
        }
    }

    @Test
    void contextWhenKubefileHasOtherCaseHasNone() throws IOException {
        Map<String, String> files = files("echo", "kubefile", "FROM scratch\n");
        files.remove("Kubefile");

        for (Rules rules : OTHERS) {
            try (FileSystem system = Jimfs.newFileSystem(rules.configuration())) {
                Path context = write(system.getPath(rules.context()), files);
                assertThatThrownBy(() -> ContextResult.builder(context).build())
                        .hasMessage(
                                rules.context() + ": there is no build file: none of Sealfile, Kubefile, Dockerfile,"
                                        + " Containerfile; create a Kubefile that begins with 'FROM scratch'");
            }
        }
    }

    @Test
    void givenFilesWhenDirectoryHasOtherCaseGiveTheResultsOfLinux() throws IOException {
        Map<String, String> files = files("kubectl apply -f Deploy/A.yaml", "deploy/a.yaml", POD);
        ContextResult onLinux = givenOver(LINUX, files);

        for (Rules rules : OTHERS) {
            assertThat(givenOver(rules, files).images()).isEqualTo(onLinux.images());
        }
    }

    private ContextResult givenOver(Rules rules, Map<String, String> files) throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(rules.configuration())) {
            Path below = write(system.getPath(rules.context()), files);
            return result(VirtualContext.builder()
                    .over(below)
                    .file("manifests/given.yaml", POD)
                    .build()
                    .path());
        }
    }

    /** Java reads names on macOS in the composed form, so the image gets the digest of composed names on Linux. */
    @Test
    void contextWhenMacOsNamesAreDecomposedGivesTheDigestOfComposedNames() throws IOException {
        String composed;
        try (FileSystem system = Jimfs.newFileSystem(LINUX.configuration())) {
            composed = result(write(system.getPath("/c"), files("echo", "opt/\u00fc", "x")))
                    .digest();
        }
        try (FileSystem system = Jimfs.newFileSystem(Configuration.osX())) {
            Path context = write(system.getPath("/c"), files("echo", "opt/u\u0308", "x"));

            assertThat(result(context).digest()).isEqualTo(composed);
        }
    }

    @Test
    void contextWhenLinuxNamesAreDecomposedKeepsThem() throws IOException {
        Map<String, String> files = files("echo", "opt/u\u0308", "x");
        files.put("Kubefile", "FROM scratch\nCOPY opt/\u00fc .\nCMD [\"echo\"]\n");

        try (FileSystem system = Jimfs.newFileSystem(LINUX.configuration())) {
            Path context = write(system.getPath("/c"), files);
            assertThatThrownBy(() -> ContextResult.builder(context).build())
                    .hasMessageStartingWith(
                            "Kubefile:2:1: COPY opt/\u00fc .: there is no 'opt/\u00fc' in the context /c");
        }
    }

    @Test
    void layoutWhenWrittenHasNamesThatEveryPlatformAllows() throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(LINUX.configuration())) {
            result(write(system.getPath("/c"), files("echo", "aux:/con.", "x")));
        }

        try (Stream<Path> written = Files.walk(directory)) {
            assertThat(written.filter(it -> !it.equals(directory))
                            .map(it -> it.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(it -> it.matches("[a-z0-9][a-z0-9.-]{0,80}(?<![.-])"));
        }
    }

    private void assertAlike(Map<String, String> files) throws IOException {
        ContextResult onLinux = result(LINUX, files);
        for (Rules rules : OTHERS) {
            ContextResult found = result(rules, files);
            assertThat(found.report()).isEqualTo(onLinux.report());
            assertThat(found.images()).isEqualTo(onLinux.images());
            assertThat(found.plan()).isEqualTo(onLinux.plan());
            assertThat(found.digest()).isEqualTo(onLinux.digest());
        }
    }

    private ContextResult result(Rules rules, Map<String, String> files) throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(rules.configuration())) {
            return result(write(system.getPath(rules.context()), files));
        }
    }

    private ContextResult result(Path context) throws IOException {
        return ContextResult.of(context, directory.resolve("out" + ++builds), FileModes.NORMALIZED);
    }

    private static Map<String, String> files(String command, String file, String text) {
        Map<String, String> files = new TreeMap<>();
        files.put("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"" + command + "\"]\n");
        files.put(file, text);
        return files;
    }

    private static Path write(Path context, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = context.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        return context;
    }
}
