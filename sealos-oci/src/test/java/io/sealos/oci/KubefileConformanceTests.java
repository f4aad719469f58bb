package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.kubefile.IgnoreSyntaxException;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubefileConformanceTests {
    @TempDir
    private Path directory;

    /** The differences, by record. */
    private final Map<String, String> wrong = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"adversarial.jsonl, 300", "peers.jsonl, 130", "siblings.jsonl, 250"})
    void buildsLikeBuildahWhenRecorded(String file, int least) throws Exception {
        List<KubefileRecord> records = KubefileRecord.readCounted(file);
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        assertThat(records).hasSizeGreaterThan(least);
        boolean root = Files.getAttribute(directory, "unix:uid").equals(0);
        boolean attributes = RecordedContext.hasExtendedAttributes(directory);
        int built = 0;
        for (KubefileRecord record : records) {
            if ((root || !record.needsRoot()) && (attributes || !record.needsExtendedAttributes())) {
                build(record);
                built++;
            }
        }
        assertThat(built).isGreaterThan(least);
        assertThat(wrong).as("of " + built + " records").isEmpty();
    }

    private void build(KubefileRecord record) {
        Path layout = directory.resolve("layouts").resolve(record.id());
        RecordedContext context = new RecordedContext(directory.resolve("case/context"));
        try {
            record.prepare(context)
                    .offline(true)
                    .contentStore(directory.resolve("store"))
                    .build()
                    .writeTo(OciLayout.directory(layout));
            context.delete();
            compare(record, layout);
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

    private void compare(KubefileRecord record, Path layout) throws IOException {
        VerificationReport report = OciLayoutVerifier.verify(layout);
        List<String> differences = record.rejected()
                ? List.of("was built, but buildah says " + record.json().path("error"))
                : FlattenedImage.of(layout).differencesFrom(record.json());
        if (!differences.isEmpty()) {
            wrong.put(record.id(), String.join("\n", differences));
        } else if (!report.isValid()) {
            wrong.put(record.id(), report.toString());
        }
    }

    private void rejected(KubefileRecord record, Path layout, Exception why) {
        if (Files.exists(layout)) {
            wrong.put(record.id(), "was rejected, but left a layout");
        } else if (!record.rejected() && !record.needsContainer()) {
            wrong.put(record.id(), "was rejected: " + why.getMessage());
        }
    }
}
