package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.kubefile.IgnoreSyntaxException;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubefileConformanceTests {
    @TempDir
    private Path folder;

    /** What does not fit, by record. */
    private final Map<String, String> wrong = new TreeMap<>();

    private final List<String> compared = new ArrayList<>();

    @Test
    void buildsLikeBuildahWhenRecorded() throws Exception {
        List<KubefileRecord> records = KubefileRecord.readCounted();
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("unix");
        assertThat(records).isNotEmpty();
        boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
        for (KubefileRecord record : records) {
            if (root || !record.needsRoot()) {
                build(record);
            }
        }
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(wrong).as("of " + records.size() + " records").isEmpty();
        softly.assertThat(compareWithRecords()).endsWith(compared.size() + " identical, 0 different, 0 unreadable\n");
        softly.assertAll();
    }

    private void build(KubefileRecord record) {
        Path layout = folder.resolve("layouts").resolve(record.id());
        RecordedContext context = new RecordedContext(folder.resolve("context"));
        try {
            record.prepare(context)
                    .offline(true)
                    .contentStore(folder.resolve("store"))
                    .build()
                    .writeTo(OciLayout.directory(layout));
            context.delete();
            verify(record, layout);
            compared.add(record.line());
        } catch (KubefileParseException
                | KubefileEvaluationException
                | IgnoreSyntaxException
                | BuildRefusedException
                | ImageSaveException e) {
            rejected(record, layout, e);
        } catch (IOException | RuntimeException e) {
            wrong.put(record.id(), "failed: " + e);
        }
    }

    private void verify(KubefileRecord record, Path layout) {
        VerificationReport report = OciLayoutVerifier.verify(layout);
        if (record.rejected()) {
            wrong.put(
                    record.id(), "was built, but buildah says " + record.json().path("error"));
        } else if (!report.isValid()) {
            wrong.put(record.id(), report.toString());
        }
    }

    private void rejected(KubefileRecord record, Path layout, Exception why) {
        if (Files.exists(layout)) {
            wrong.put(record.id(), "was rejected, but left a layout");
        } else if (record.rejected()) {
            compared.add(record.line());
        } else if (!record.needsContainer()) {
            wrong.put(record.id(), "was rejected: " + why.getMessage());
        }
    }

    private String compareWithRecords() throws IOException, InterruptedException {
        assumeThat(hasPython()).as("python3").isTrue();
        Path records = Files.write(folder.resolve("records.jsonl"), compared);
        Path output = folder.resolve("output");
        new ProcessBuilder(
                        "python3",
                        KubefileRecord.folder().resolve("compare.py").toString(),
                        "--platform",
                        "--batch",
                        records.toString(),
                        "--layouts",
                        folder.resolve("layouts").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
