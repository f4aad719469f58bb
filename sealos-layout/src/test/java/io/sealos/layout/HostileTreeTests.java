package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileTreeTests {
    private static final long HUGE = 1L << 30;

    @TempDir
    Path context;

    @BeforeEach
    void writeKubefile() throws IOException {
        Files.writeString(
                context.resolve("Kubefile"), "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");
        Files.createDirectories(context.resolve("manifests"));
    }

    @Test
    void validateWhenLinksGoInCirclesReportsThem() throws IOException {
        Files.createSymbolicLink(context.resolve("manifests/self"), Path.of("self"));
        Files.createSymbolicLink(context.resolve("manifests/up"), Path.of(".."));
        Files.createSymbolicLink(context.resolve("opt"), Path.of("opt"));
        Files.createSymbolicLink(context.resolve("charts"), Path.of("/"));

        assertThat(rules()).contains("link-broken", "link-outside");
    }

    @Test
    void validateWhenStandardDirectoriesLeadOutReadsNothingThere(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("list"), "\"no reference\"");
        Files.writeString(outside.resolve("tar.txt"), "nonsense");
        Files.writeString(outside.resolve("values.yaml"), "a: 1");
        Files.createDirectories(context.resolve("images"));
        Files.createSymbolicLink(context.resolve("images/shim"), outside);
        Files.createSymbolicLink(context.resolve("images/skopeo"), outside);
        Files.createSymbolicLink(context.resolve("charts"), outside);

        assertThat(rules()).containsOnly("link-outside", "list-endless");
    }

    @Test
    void validateWhenAFileIsHugeDoesNotReadIt() throws IOException {
        for (String path : List.of("blob.sh", "etc/app.yaml.tmpl", "opt/tool", "etc/key.pem")) {
            createHuge(context.resolve(path));
        }

        assertThat(rules()).isEmpty();
    }

    @Test
    void validateWhenTheKubefileOrTheInitScriptIsHugeSaysSo() throws IOException {
        createHuge(context.resolve("init.sh"));
        createHuge(context.resolve("Containerfile"));

        assertThat(rules()).contains("context-unreadable", "init-script-start");
    }

    @Test
    void validateWhenALineIsVeryLongShowsAPartOfIt() throws IOException {
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "A".repeat(1_000_000));

        assertThat(LayoutValidator.standard().validate(context).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.ruleId()).isEqualTo("shim-line-invalid");
                    assertThat(finding.range().orElseThrow().snippet()).hasSizeLessThan(1000);
                    assertThat(finding.message()).hasSizeLessThan(10_000);
                });
    }

    @Test
    void validateWhenAListHasAHugeLineReportsIt() throws IOException {
        Path list = context.resolve("images/shim/list");
        Files.createDirectories(list.getParent());
        try (OutputStream out = Files.newOutputStream(list)) {
            byte[] part = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 64; i++) {
                out.write(part);
            }
        }

        assertThat(rules()).contains("images-unreadable");
    }

    @Test
    void validateWhenNamesAreNoTextReportsThem() throws Exception {
        String script = "cd '" + context
                + "' && printf x > \"$(printf 'bad\\377name')\" && printf x > \"$(printf 'two\\nlines')\"";
        assumeTrue(new ProcessBuilder("sh", "-c", script).start().waitFor() == 0, "this system has no such names");

        assertThat(rules()).contains("name-unusual");
    }

    @Test
    void validateWhenAPipeIsInTheWayDoesNotWaitForIt() throws Exception {
        for (String path : List.of("init.sh", "manifests/app.yaml", "pipe")) {
            Path file = context.resolve(path);
            assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo");
        }

        assertThat(rules()).contains("file-unusable");
    }

    @Test
    void validateWhenBuildFileLeadsOutOfTheDirectoryDoesNotReadIt(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "root:x:0:0\n");
        Files.deleteIfExists(context.resolve("Kubefile"));
        Files.createSymbolicLink(context.resolve("Kubefile"), secret);

        LayoutReport report = LayoutValidator.standard().validate(context);

        assertThat(report.findings())
                .noneMatch(finding -> finding.toString().contains("root:x"))
                .noneMatch(finding -> finding.ruleId().equals("kubefile-missing"))
                .anyMatch(finding -> finding.toString()
                        .startsWith("Kubefile: error: the build file is a link that leads out of the directory, and is"
                                + " not read;"));
    }

    @Test
    void validateWhenFilesAreUnreadableReportsThem() throws IOException {
        Path secret = Files.writeString(context.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(secret), "root reads everything");
        Path manifest = Files.writeString(context.resolve("manifests/app.yaml"), "a: 1");
        Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("---------"));

        assertThat(rules()).contains("file-unusable", "context-unreadable");
    }

    @Test
    void validateWhenTheTreeIsDeepReachesItsEnd() throws IOException {
        Path deep = context;
        for (int i = 0; i < 200; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.createSymbolicLink(deep.resolve("link"), Path.of("nowhere"));

        assertThat(rules()).containsExactly("link-broken");
    }

    @Test
    void validateWhenAllFilesAreWrongListsSomeAndSaysThatThereAreMore() throws IOException {
        for (int i = 0; i < 1100; i++) {
            Files.createFile(context.resolve("a\\" + i));
        }

        assertThat(LayoutValidator.standard().validate(context).findings())
                .hasSize(1001)
                .first()
                .asString()
                .isEqualTo(".: warning: there are more findings of this kind than the 1000 that are listed;"
                        + " mend these, and look again [name-unusual]");
    }

    @Test
    void validateWhenInterruptedStopsAndSaysSo() throws IOException {
        ClusterImageLayout layout = ClusterImageLayout.open(context);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> LayoutValidator.standard().validate(layout))
                .withMessageEndingWith("interrupted while files were looked at");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void openWhenInterruptedDuringTheScanIsNotTakenForUnreadable() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Files.writeString(context.resolve("manifests/a.yaml"), "kind: Pod\n");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> ClusterImageLayout.open(context));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void validateWhenInterruptedAnswersWithInterruptedIoException() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\n");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> LayoutValidator.standard().validate(context))
                .withMessage("interrupted while " + context + " was checked");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void findingWhenANameHasControlCharactersEscapesThem() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . /\nCMD [\"bash a\\u001b[31mb.sh\"]\n");
        Files.writeString(context.resolve("a\u001b[31m\nb"), "");

        LayoutReport report = LayoutValidator.standard().validate(context);
        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("\u001b", "\n"));
    }

    private List<String> rules() throws IOException {
        return LayoutValidator.standard().validate(context).findings().stream()
                .map(Finding::ruleId)
                .distinct()
                .toList();
    }

    private static void createHuge(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(HUGE);
            channel.write(StandardCharsets.US_ASCII.encode("x"));
        }
    }
}
