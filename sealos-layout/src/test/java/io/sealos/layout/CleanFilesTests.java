package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.internal.files.FileSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanFilesTests {
    private static final String SECRET = "token: ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz\n";

    @TempDir
    Path directory;

    private Path context;
    private Path record;
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void makeContext() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        context = directory.resolve("context");
        Files.createDirectories(context.resolve("opt"));
        record = directory.resolve("record");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY opt opt\n");
        Files.writeString(context.resolve("opt/a"), "a");
        Files.writeString(context.resolve("opt/b"), SECRET);
        rest();
    }

    /** Waits until a file that is changed now counts as unchanged. */
    private static void rest() throws Exception {
        Path newest = Files.createTempFile("newest-", "");
        while (FileSnapshot.of(newest).settledState().isEmpty()) {
            Thread.sleep(5);
        }
        Files.delete(newest);
    }

    private LayoutRule reading(String id) {
        return LayoutRule.ofContents(id, Severity.INFO, "Notes what is read.", (file, findings) -> {
            if (file.isFile() && file.text().isPresent()) {
                read.add(file.path());
            }
        });
    }

    private LayoutReport validate(CleanFiles known, LayoutRule... rules) throws IOException {
        read.clear();
        known.writeTo(record);
        LayoutValidator.Builder builder = LayoutValidator.builder().cleanFiles(record);
        List.of(rules).forEach(builder::rule);
        return builder.build().validate(context);
    }

    private static List<String> secrets(LayoutReport report) {
        return report.findings().stream()
                .filter(finding -> finding.ruleId().equals("secret-in-file"))
                .map(Finding::toString)
                .toList();
    }

    @Test
    void validateWhenFilesAreKnownReadsOnlyThoseWithFindings() throws IOException {
        LayoutReport first = validate(CleanFiles.NONE, reading("own"));
        assertThat(read).contains("opt/a", "opt/b");
        first.writeCleanFiles(record);

        LayoutReport second = validate(CleanFiles.read(record), reading("own"));

        assertThat(read).containsExactly("opt/b");
        assertThat(secrets(second)).hasSize(1).isEqualTo(secrets(first));
        assertThat(second.cleanFiles()).isEqualTo(first.cleanFiles()).hasToString("1 clean file");
    }

    @Test
    void validateWhenFileGetsASecretFindsIt() throws IOException {
        CleanFiles known = validate(CleanFiles.NONE).cleanFiles();
        Files.writeString(context.resolve("opt/a"), SECRET);

        assertThat(secrets(validate(known))).hasSize(2);
    }

    @Test
    void validateWhenAnotherRuleLooksReadsAll() throws IOException {
        CleanFiles known = validate(CleanFiles.NONE, reading("own")).cleanFiles();

        validate(known, reading("other"));

        assertThat(read).contains("opt/a", "opt/b");
    }

    @Test
    void validateWhenAFileCannotBeReadDoesNotTakeItForClean() throws Exception {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY etc etc\n");
        Files.createDirectories(context.resolve("etc"));
        Files.writeString(context.resolve("etc/gone"), "a");
        Files.writeString(context.resolve("etc/there"), "b");
        rest();
        LayoutRule deleting = LayoutRule.ofContents("own", Severity.INFO, "Deletes, and reads.", (file, findings) -> {
            delete(context.resolve("etc/gone"));
            file.text();
        });

        LayoutReport report = LayoutValidator.builder()
                .disable("secret-in-file")
                .rule(deleting)
                .build()
                .validate(context);

        assertThat(report.cleanFiles().size()).isEqualTo(1);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readWhenThereIsNoWholeRecordHasNothing() throws IOException {
        validate(CleanFiles.NONE).cleanFiles().writeTo(record);
        byte[] whole = Files.readAllBytes(record);
        for (int length = 0; length < whole.length; length++) {
            Files.write(record, Arrays.copyOf(whole, length));
            assertThat(CleanFiles.read(record)).as("of %s bytes", length).isEqualTo(CleanFiles.NONE);
        }
        assertThat(CleanFiles.read(directory.resolve("missing"))).isEqualTo(CleanFiles.NONE);
        assertThat(CleanFiles.read(directory)).isEqualTo(CleanFiles.NONE);
    }

    @Test
    void writeToWhenItIsWrittenLeavesNothingElse() throws IOException {
        Path own = Files.createDirectory(directory.resolve("own"));

        CleanFiles.NONE.writeTo(own.resolve("record"));

        try (var files = Files.list(own)) {
            assertThat(files).containsExactly(own.resolve("record"));
        }
    }

    @Test
    void writeCleanFilesWhenRecordIsTheSameRenewsItOnly() throws IOException {
        LayoutReport report = validate(CleanFiles.NONE);
        report.writeCleanFiles(record);
        byte[] written = Files.readAllBytes(record);
        Files.setLastModifiedTime(record, FileTime.fromMillis(0));

        report.writeCleanFiles(record);

        assertThat(record).hasBinaryContent(written);
        assertThat(Files.getLastModifiedTime(record)).isGreaterThan(FileTime.fromMillis(0));
    }

    /** Files change again and again, some of them in the moment in which they are looked at. */
    @Test
    void validateWhenFilesChangeAtAnyMomentFindsWhatAFreshCheckFinds() throws Exception {
        Random random = new Random(7);
        CleanFiles known = CleanFiles.NONE;
        for (int round = 0; round < 60; round++) {
            for (int change = random.nextInt(3); change > 0; change--) {
                Path file = context.resolve("opt/file-" + random.nextInt(8));
                Files.writeString(file, random.nextBoolean() ? SECRET : " ".repeat(SECRET.length()));
            }
            if (random.nextInt(4) == 0) {
                rest();
            }
            LayoutReport report = validate(known);
            known = report.cleanFiles();
            assertThat(secrets(report)).isEqualTo(secrets(validate(CleanFiles.NONE)));
        }
        assertThat(known.size()).isGreaterThan(1);
    }
}
